// FlashAttention-2 forward (Dao 2023, Alg. 1) in registers, keys and values passed around quads: the four lanes of a
// quad each load one key, then every lane takes all four from its neighbours, a quarter of the loads. An invocation
// owns ROWS rows and walks the keys sixteen at a time:
//   s = scale.q.k;  m' = max(m, max s);  p = e^(s - m');  l = e^(m - m').l + sum p;  o = e^(m - m').o + p.v
// and ends with o / l and lse = m + ln l. Exponentials are taken to base 2, scale.log2(e) being in q.
//
// Where lanes are SIMD of a CPU, a read or write of q or o at a variable index costs as much as a product with a
// mat4x4f: sixteen keys share one. For the same reason scores and weights are plain values, written out row by row.
// The G = H/Hkv heads that share a key head are rows of one plane, row = s*G + g.
// q [B,H,S,D], k, v [B,Hkv,T,D] as vec4; o as q; lse [B,H,S].

const ROWS = 8u;
const KEYS = 16u;
const LOWEST = -3.4028234663852886e38;
const LN2 = 0.6931471805599453;

// Of each row: its query, its place (b*H + h)*S + s, maximum and sum so far.
var<private> query: array<u32, ROWS>;
var<private> place: array<u32, ROWS>;
var<private> m: array<f32, ROWS>;
var<private> l: array<f32, ROWS>;

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
  @builtin(subgroup_invocation_id) sublane: u32,
) {
  let rows = params.S * params.G;
  let tiles = (rows + WG * ROWS - 1u) / (WG * ROWS);
  let index = group_index(group);
  let plane = index / tiles;
  let first = (index - plane * tiles) * WG * ROWS;
  let last = min(first + WG * ROWS, rows) - 1u;

  var q: array<vec4f, ROWS * SIZE>;
  var o: array<vec4f, ROWS * SIZE>;
  for (var r = 0u; r < ROWS; r++) {
    // Rows past the end repeat the last one: a lane that sat out would turn every load into a gather.
    let row = min(first + lane + r * WG, last);
    let s = row / params.G;
    query[r] = s;
    place[r] = (plane * params.G + row - s * params.G) * params.S + s;
    m[r] = LOWEST;
    l[r] = 0.0;
    for (var c = 0u; c < params.D4; c++) { q[r * SIZE + c] = load_q(place[r] * params.D4 + c) * params.scale; }
  }

  // What any row of this workgroup may see, and what every one of them sees.
  let head = key_range(first / params.G);
  let tail = key_range(last / params.G);
  for (var t = head.x; t < tail.y; t += KEYS) {
    let whole = !HAS_MASK && t >= tail.x && t + KEYS <= head.y;
    let ta = key_place(plane, t, sublane);
    let tb = key_place(plane, t + 4u, sublane);
    let tc = key_place(plane, t + 8u, sublane);
    let td = key_place(plane, t + 12u, sublane);

    var a0 = vec4f(); var b0 = vec4f(); var c0 = vec4f(); var d0 = vec4f();
    var a1 = vec4f(); var b1 = vec4f(); var c1 = vec4f(); var d1 = vec4f();
    var a2 = vec4f(); var b2 = vec4f(); var c2 = vec4f(); var d2 = vec4f();
    var a3 = vec4f(); var b3 = vec4f(); var c3 = vec4f(); var d3 = vec4f();
    var a4 = vec4f(); var b4 = vec4f(); var c4 = vec4f(); var d4 = vec4f();
    var a5 = vec4f(); var b5 = vec4f(); var c5 = vec4f(); var d5 = vec4f();
    var a6 = vec4f(); var b6 = vec4f(); var c6 = vec4f(); var d6 = vec4f();
    var a7 = vec4f(); var b7 = vec4f(); var c7 = vec4f(); var d7 = vec4f();
    for (var c = 0u; c < params.D4; c++) {
      let ka = across(load_k(ta + c));
      let kb = across(load_k(tb + c));
      let kc = across(load_k(tc + c));
      let kd = across(load_k(td + c));
      let q0 = q[c]; a0 += q0 * ka; b0 += q0 * kb; c0 += q0 * kc; d0 += q0 * kd;
      let q1 = q[SIZE + c]; a1 += q1 * ka; b1 += q1 * kb; c1 += q1 * kc; d1 += q1 * kd;
      let q2 = q[2u * SIZE + c]; a2 += q2 * ka; b2 += q2 * kb; c2 += q2 * kc; d2 += q2 * kd;
      let q3 = q[3u * SIZE + c]; a3 += q3 * ka; b3 += q3 * kb; c3 += q3 * kc; d3 += q3 * kd;
      let q4 = q[4u * SIZE + c]; a4 += q4 * ka; b4 += q4 * kb; c4 += q4 * kc; d4 += q4 * kd;
      let q5 = q[5u * SIZE + c]; a5 += q5 * ka; b5 += q5 * kb; c5 += q5 * kc; d5 += q5 * kd;
      let q6 = q[6u * SIZE + c]; a6 += q6 * ka; b6 += q6 * kb; c6 += q6 * kc; d6 += q6 * kd;
      let q7 = q[7u * SIZE + c]; a7 += q7 * ka; b7 += q7 * kb; c7 += q7 * kc; d7 += q7 * kd;
    }
    let w0 = weigh(0u, t, whole, mat4x4f(a0, b0, c0, d0));
    let w1 = weigh(1u, t, whole, mat4x4f(a1, b1, c1, d1));
    let w2 = weigh(2u, t, whole, mat4x4f(a2, b2, c2, d2));
    let w3 = weigh(3u, t, whole, mat4x4f(a3, b3, c3, d3));
    let w4 = weigh(4u, t, whole, mat4x4f(a4, b4, c4, d4));
    let w5 = weigh(5u, t, whole, mat4x4f(a5, b5, c5, d5));
    let w6 = weigh(6u, t, whole, mat4x4f(a6, b6, c6, d6));
    let w7 = weigh(7u, t, whole, mat4x4f(a7, b7, c7, d7));
    for (var c = 0u; c < params.D4; c++) {
      let va = across(load_v(ta + c));
      let vb = across(load_v(tb + c));
      let vc = across(load_v(tc + c));
      let vd = across(load_v(td + c));
      o[c] = o[c] * w0.keep + va * w0.p[0] + vb * w0.p[1] + vc * w0.p[2] + vd * w0.p[3];
      o[SIZE + c] = o[SIZE + c] * w1.keep + va * w1.p[0] + vb * w1.p[1] + vc * w1.p[2] + vd * w1.p[3];
      o[2u * SIZE + c] = o[2u * SIZE + c] * w2.keep + va * w2.p[0] + vb * w2.p[1] + vc * w2.p[2] + vd * w2.p[3];
      o[3u * SIZE + c] = o[3u * SIZE + c] * w3.keep + va * w3.p[0] + vb * w3.p[1] + vc * w3.p[2] + vd * w3.p[3];
      o[4u * SIZE + c] = o[4u * SIZE + c] * w4.keep + va * w4.p[0] + vb * w4.p[1] + vc * w4.p[2] + vd * w4.p[3];
      o[5u * SIZE + c] = o[5u * SIZE + c] * w5.keep + va * w5.p[0] + vb * w5.p[1] + vc * w5.p[2] + vd * w5.p[3];
      o[6u * SIZE + c] = o[6u * SIZE + c] * w6.keep + va * w6.p[0] + vb * w6.p[1] + vc * w6.p[2] + vd * w6.p[3];
      o[7u * SIZE + c] = o[7u * SIZE + c] * w7.keep + va * w7.p[0] + vb * w7.p[1] + vc * w7.p[2] + vd * w7.p[3];
    }
  }

  for (var r = 0u; r < ROWS; r++) {
    if first + lane + r * WG < rows {
      let seen = l[r] > 0.0;
      let inverse = select(0.0, 1.0 / l[r], seen);
      for (var c = 0u; c < params.D4; c++) { store_o(place[r] * params.D4 + c, o[r * SIZE + c] * inverse); }
      store_lse(place[r], select(LOWEST, (m[r] + log2(l[r])) * LN2, seen));
    }
  }
}

// Where the key starts which this lane loads of t..t+3; keys past the end repeat the last, and hide takes them out.
fn key_place(plane: u32, t: u32, sublane: u32) -> u32 {
  return (plane * params.T + min(t + (sublane & 3u), params.T - 1u)) * params.D4;
}

// What the four lanes of this quad hold, the same in each.
fn across(x: vec4f) -> mat4x4f {
  return mat4x4f(quadBroadcast(x, 0u), quadBroadcast(x, 1u), quadBroadcast(x, 2u), quadBroadcast(x, 3u));
}

// Weights of sixteen keys, and what is kept of the sums so far.
struct Weights { p: mat4x4f, keep: f32 }

// One step of the online softmax of row r: scores of keys t..t+15, four to a column.
fn weigh(r: u32, t: u32, whole: bool, scores: mat4x4f) -> Weights {
  var s = scores;
  if !whole {
    s[0] = hide(scores[0], query[r], t);
    s[1] = hide(scores[1], query[r], t + 4u);
    s[2] = hide(scores[2], query[r], t + 8u);
    s[3] = hide(scores[3], query[r], t + 12u);
  }
  let four = max(max(s[0], s[1]), max(s[2], s[3]));
  let two = max(four.xy, four.zw);
  let top = max(m[r], max(two.x, two.y));
  let keep = exp2(m[r] - top);
  let p = mat4x4f(weight(s[0], top), weight(s[1], top), weight(s[2], top), weight(s[3], top));
  m[r] = top;
  l[r] = l[r] * keep + dot((p[0] + p[1]) + (p[2] + p[3]), vec4f(1.0));
  return Weights(p, keep);
}

fn weight(s: vec4f, top: f32) -> vec4f { return select(exp2(s - top), vec4f(), s == vec4f(LOWEST)); }

// Scores of query s with keys t..t+3, LOWEST where one may not be seen.
fn hide(scores: vec4f, s: u32, t: u32) -> vec4f {
  let keys = vec4u(t) + vec4u(0u, 1u, 2u, 3u);
  return select(vec4f(LOWEST), scores, seen_keys(s, key_range(s), keys));
}
