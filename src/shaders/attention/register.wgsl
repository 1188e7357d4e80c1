// FlashAttention-2 forward (Dao 2023, Alg. 1) in registers alone: no workgroup memory and no barrier, which is
// what adapters that run on a CPU want. An invocation owns ROWS rows and walks the keys eight at a time:
//   s = scale.q.k;  m' = max(m, max s);  p = e^(s - m');  l = e^(m - m').l + sum p;  o = e^(m - m').o + p.v
// and ends with o / l and lse = m + ln l. Exponentials are taken to base 2, scale.log2(e) being in q.
//
// All invocations of a workgroup read the same k and v, so that a load is one scalar for all lanes and serves
// eight rows. A variable that changes in a loop costs a masked store, and an array indexed by a variable costs more
// than a load from k: hence scores and weights are plain values, written out row by row.
// The G = H/Hkv heads that share a key head are rows of one plane, row = s*G + g.
// q [B,H,S,D], k, v [B,Hkv,T,D] as vec4; o as q; lse [B,H,S].

const ROWS = 8u;
const KEYS = 8u;
const LOWEST = -3.4028234663852886e38;
const LN2 = 0.6931471805599453;

// Of each row: its query, its place (b*H + h)*S + s, maximum and sum so far.
var<private> query: array<u32, ROWS>;
var<private> place: array<u32, ROWS>;
var<private> m: array<f32, ROWS>;
var<private> l: array<f32, ROWS>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
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
    // Keys past the end repeat the last; their scores are taken out by hide.
    let t0 = (plane * params.T + t) * params.D4;
    let t1 = (plane * params.T + min(t + 1u, params.T - 1u)) * params.D4;
    let t2 = (plane * params.T + min(t + 2u, params.T - 1u)) * params.D4;
    let t3 = (plane * params.T + min(t + 3u, params.T - 1u)) * params.D4;
    let t4 = (plane * params.T + min(t + 4u, params.T - 1u)) * params.D4;
    let t5 = (plane * params.T + min(t + 5u, params.T - 1u)) * params.D4;
    let t6 = (plane * params.T + min(t + 6u, params.T - 1u)) * params.D4;
    let t7 = (plane * params.T + min(t + 7u, params.T - 1u)) * params.D4;

    var a0 = vec4f(); var b0 = vec4f();
    var a1 = vec4f(); var b1 = vec4f();
    var a2 = vec4f(); var b2 = vec4f();
    var a3 = vec4f(); var b3 = vec4f();
    var a4 = vec4f(); var b4 = vec4f();
    var a5 = vec4f(); var b5 = vec4f();
    var a6 = vec4f(); var b6 = vec4f();
    var a7 = vec4f(); var b7 = vec4f();
    for (var c = 0u; c < params.D4; c++) {
      let ka = mat4x4f(load_k(t0 + c), load_k(t1 + c), load_k(t2 + c), load_k(t3 + c));
      let kb = mat4x4f(load_k(t4 + c), load_k(t5 + c), load_k(t6 + c), load_k(t7 + c));
      let q0 = q[c]; a0 += q0 * ka; b0 += q0 * kb;
      let q1 = q[SIZE + c]; a1 += q1 * ka; b1 += q1 * kb;
      let q2 = q[2u * SIZE + c]; a2 += q2 * ka; b2 += q2 * kb;
      let q3 = q[3u * SIZE + c]; a3 += q3 * ka; b3 += q3 * kb;
      let q4 = q[4u * SIZE + c]; a4 += q4 * ka; b4 += q4 * kb;
      let q5 = q[5u * SIZE + c]; a5 += q5 * ka; b5 += q5 * kb;
      let q6 = q[6u * SIZE + c]; a6 += q6 * ka; b6 += q6 * kb;
      let q7 = q[7u * SIZE + c]; a7 += q7 * ka; b7 += q7 * kb;
    }
    let w0 = weigh(0u, t, whole, a0, b0);
    let w1 = weigh(1u, t, whole, a1, b1);
    let w2 = weigh(2u, t, whole, a2, b2);
    let w3 = weigh(3u, t, whole, a3, b3);
    let w4 = weigh(4u, t, whole, a4, b4);
    let w5 = weigh(5u, t, whole, a5, b5);
    let w6 = weigh(6u, t, whole, a6, b6);
    let w7 = weigh(7u, t, whole, a7, b7);
    for (var c = 0u; c < params.D4; c++) {
      let va = mat4x4f(load_v(t0 + c), load_v(t1 + c), load_v(t2 + c), load_v(t3 + c));
      let vb = mat4x4f(load_v(t4 + c), load_v(t5 + c), load_v(t6 + c), load_v(t7 + c));
      o[c] = o[c] * w0.keep + va * w0.a + vb * w0.b;
      o[SIZE + c] = o[SIZE + c] * w1.keep + va * w1.a + vb * w1.b;
      o[2u * SIZE + c] = o[2u * SIZE + c] * w2.keep + va * w2.a + vb * w2.b;
      o[3u * SIZE + c] = o[3u * SIZE + c] * w3.keep + va * w3.a + vb * w3.b;
      o[4u * SIZE + c] = o[4u * SIZE + c] * w4.keep + va * w4.a + vb * w4.b;
      o[5u * SIZE + c] = o[5u * SIZE + c] * w5.keep + va * w5.a + vb * w5.b;
      o[6u * SIZE + c] = o[6u * SIZE + c] * w6.keep + va * w6.a + vb * w6.b;
      o[7u * SIZE + c] = o[7u * SIZE + c] * w7.keep + va * w7.a + vb * w7.b;
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

// Weights of eight keys, and what is kept of the sums so far.
struct Weights { a: vec4f, b: vec4f, keep: f32 }

// One step of the online softmax of row r: scores a of keys t..t+3 and b of t+4..t+7.
fn weigh(r: u32, t: u32, whole: bool, a: vec4f, b: vec4f) -> Weights {
  var sa = a;
  var sb = b;
  if !whole {
    sa = hide(a, query[r], t);
    sb = hide(b, query[r], t + 4u);
  }
  let four = max(sa, sb);
  let two = max(four.xy, four.zw);
  let top = max(m[r], max(two.x, two.y));
  let keep = exp2(m[r] - top);
  let pa = select(exp2(sa - top), vec4f(), sa == vec4f(LOWEST));
  let pb = select(exp2(sb - top), vec4f(), sb == vec4f(LOWEST));
  m[r] = top;
  l[r] = l[r] * keep + dot(pa + pb, vec4f(1.0));
  return Weights(pa, pb, keep);
}

// Scores of query s with keys t..t+3, LOWEST where one may not be seen.
fn hide(scores: vec4f, s: u32, t: u32) -> vec4f {
  let keys = vec4u(t) + vec4u(0u, 1u, 2u, 3u);
  return select(vec4f(LOWEST), scores, seen_keys(s, key_range(s), keys));
}
