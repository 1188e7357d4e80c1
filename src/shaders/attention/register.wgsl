// FlashAttention-2 forward (Dao 2023, Alg. 1) in registers alone: no workgroup memory and no barrier, which is
// what adapters that run on a CPU want. An invocation owns ROWS rows and walks the keys in blocks of KEYS:
//   s = scale.q.k;  m' = max(m, max s);  p = e^(s - m');  l = e^(m - m').l + sum p;  o = e^(m - m').o + p.v
// and ends with o / l and lse = m + ln l. Exponentials are taken to base 2, scale.log2(e) being in q.
//
// All invocations of a workgroup read the same k and v, so a load is one scalar for all lanes; each serves ROWS
// rows. The G = H/Hkv heads that share a key head are G*S rows of one plane: row = s*G + g.
// q [B,H,S,D], k, v [B,Hkv,T,D] as vec4; o as q; lse [B,H,S].

const D4 = D / 4u;
const LOWEST = -3.4028234663852886e38;
const LN2 = 0.6931471805599453;

struct Row {
  s: u32,
  at: u32, // (b*H + h)*S + s
}

fn row_of(plane: u32, i: u32) -> Row {
  let s = i / params.G;
  let g = i - s * params.G;
  return Row(s, (plane * params.G + g) * params.S + s);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tiles = (params.S * params.G + WG * ROWS - 1u) / (WG * ROWS);
  let index = group_index(group);
  let plane = index / tiles;
  let first = (index - plane * tiles) * WG * ROWS;
  let rows = params.S * params.G;
  let last = min(first + WG * ROWS, rows) - 1u;

  // Rows past the end repeat the last one: a lane that sat out would make every load a gather.
  var q: array<vec4f, ROWS * D4>;
  var o: array<vec4f, ROWS * D4>;
  var m: array<f32, ROWS>;
  var l: array<f32, ROWS>;
  var row: array<Row, ROWS>;
  for (var r = 0u; r < ROWS; r++) {
    row[r] = row_of(plane, min(first + lane + r * WG, last));
    m[r] = LOWEST;
    for (var c = 0u; c < D4; c++) {
      q[r * D4 + c] = load_q(row[r].at * D4 + c) * params.scale;
    }
  }

  // What any row of this workgroup may see, and what every one of them sees.
  let head = key_range(first / params.G);
  let tail = key_range(last / params.G);
  let base = plane * params.T * D4;
  for (var t0 = head.x; t0 < tail.y; t0 += KEYS) {
    let count = min(KEYS, tail.y - t0);
    var p: array<vec4f, ROWS * KEYS / 4u>;
    for (var j = 0u; j < KEYS; j += 4u) {
      // Keys past the end repeat the last; their scores are taken out below.
      let k0 = base + min(t0 + j, params.T - 1u) * D4;
      let k1 = base + min(t0 + j + 1u, params.T - 1u) * D4;
      let k2 = base + min(t0 + j + 2u, params.T - 1u) * D4;
      let k3 = base + min(t0 + j + 3u, params.T - 1u) * D4;
      var s0 = vec4f();
      var s1 = vec4f();
      var s2 = vec4f();
      var s3 = vec4f();
      for (var c = 0u; c < D4; c++) {
        let a = load_k(k0 + c);
        let b = load_k(k1 + c);
        let e = load_k(k2 + c);
        let f = load_k(k3 + c);
        let q0 = q[c];
        s0 += vec4f(dot(q0, a), dot(q0, b), dot(q0, e), dot(q0, f));
        let q1 = q[D4 + c];
        s1 += vec4f(dot(q1, a), dot(q1, b), dot(q1, e), dot(q1, f));
        let q2 = q[2u * D4 + c];
        s2 += vec4f(dot(q2, a), dot(q2, b), dot(q2, e), dot(q2, f));
        let q3 = q[3u * D4 + c];
        s3 += vec4f(dot(q3, a), dot(q3, b), dot(q3, e), dot(q3, f));
      }
      p[j] = s0;
      p[j + 1u] = s1;
      p[j + 2u] = s2;
      p[j + 3u] = s3;
    }
    let whole = !HAS_MASK && t0 >= tail.x && t0 + KEYS <= head.y;
    for (var r = 0u; r < ROWS; r++) {
      var top = m[r];
      for (var j = r; j < KEYS; j += 4u) {
        var s = p[j];
        if !whole {
          for (var i = 0u; i < 4u; i++) {
            let t = t0 + j - r + i;
            if !(j - r + i < count && visible(row[r].s, min(t, params.T - 1u))) { s[i] = LOWEST; }
          }
        }
        p[j] = s;
        let two = max(s.xy, s.zw);
        top = max(top, max(two.x, two.y));
      }
      let keep = exp2(m[r] - top);
      var sum = vec4f();
      for (var j = r; j < KEYS; j += 4u) {
        let s = p[j];
        let e = select(exp2(s - top), vec4f(), s == vec4f(LOWEST));
        p[j] = e;
        sum += e;
      }
      m[r] = top;
      l[r] = l[r] * keep + sum.x + sum.y + sum.z + sum.w;
      for (var c = 0u; c < D4; c++) { o[r * D4 + c] *= keep; }
    }
    for (var c = 0u; c < D4; c++) {
      var o0 = o[c];
      var o1 = o[D4 + c];
      var o2 = o[2u * D4 + c];
      var o3 = o[3u * D4 + c];
      for (var j = 0u; j < KEYS; j += 4u) {
        let v0 = load_v(base + min(t0 + j, params.T - 1u) * D4 + c);
        let v1 = load_v(base + min(t0 + j + 1u, params.T - 1u) * D4 + c);
        let v2 = load_v(base + min(t0 + j + 2u, params.T - 1u) * D4 + c);
        let v3 = load_v(base + min(t0 + j + 3u, params.T - 1u) * D4 + c);
        let p0 = p[j];
        o0 += p0.x * v0 + p0.y * v1 + p0.z * v2 + p0.w * v3;
        let p1 = p[j + 1u];
        o1 += p1.x * v0 + p1.y * v1 + p1.z * v2 + p1.w * v3;
        let p2 = p[j + 2u];
        o2 += p2.x * v0 + p2.y * v1 + p2.z * v2 + p2.w * v3;
        let p3 = p[j + 3u];
        o3 += p3.x * v0 + p3.y * v1 + p3.z * v2 + p3.w * v3;
      }
      o[c] = o0;
      o[D4 + c] = o1;
      o[2u * D4 + c] = o2;
      o[3u * D4 + c] = o3;
    }
  }

  for (var r = 0u; r < ROWS; r++) {
    if first + lane + r * WG < rows {
      let seen = l[r] > 0.0;
      let inverse = select(0.0, 1.0 / l[r], seen);
      for (var c = 0u; c < D4; c++) { store_o(row[r].at * D4 + c, o[r * D4 + c] * inverse); }
      lse[row[r].at] = select(LOWEST, (m[r] + log2(l[r])) * LN2, seen);
    }
  }
}
