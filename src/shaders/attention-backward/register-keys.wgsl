// dv = p^T.do and dk = scale.ds^T.q in registers alone, summed over the heads of the group: an invocation owns
// ROWS keys and walks, four at a time, the query rows that see them (all G*S rows of its plane's heads):
//   p = exp(scale.q.k - lse), ds = p.(do.v - delta), dv += p.do, dk += ds.q         (Dao, FlashAttention-2, Alg. 2)
// Loads stand in loops of their own and arrays are small, as in register-queries.wgsl.
// q, do [B,H,S,D], k, v, dk, dv [B,Hkv,T,D] as vec4; SIZE >= D/4.

const CHUNK = 16u;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tiles = (params.T + WG * ROWS - 1u) / (WG * ROWS);
  let index = group_index(group);
  let plane = index / tiles;
  let first = (index - plane * tiles) * WG * ROWS;
  let last = min(first + WG * ROWS, params.T) - 1u;

  var k: array<vec4f, ROWS * SIZE>;
  var v: array<vec4f, ROWS * SIZE>;
  var dk: array<vec4f, ROWS * SIZE>;
  var dv: array<vec4f, ROWS * SIZE>;
  var key: array<u32, ROWS>;
  var range: array<vec2u, ROWS>;
  // Keys past the end repeat the last one and are not written.
  for (var r = 0u; r < ROWS; r++) {
    key[r] = min(first + lane + r * WG, last);
    range[r] = query_range(key[r]);
  }
  for (var i = 0u; i < ROWS * params.d4; i++) {
    let r = i / params.d4;
    let c = i % params.d4;
    let at = (plane * params.T + key[r]) * params.d4 + c;
    k[r * SIZE + c] = load_k(at) * params.scale2;
    v[r * SIZE + c] = load_v(at);
  }

  var q: array<vec4f, 4u * CHUNK>; // [columns][four rows]
  var g: array<vec4f, 4u * CHUNK>; // do
  var s: array<vec4f, ROWS>;
  var dp: array<vec4f, ROWS>;
  let end = query_range(last).y * params.G;
  for (var i0 = query_range(first).x * params.G; i0 < end; i0 += 4u) {
    // Rows past the end repeat the last one and count for nothing.
    let r0 = row_of(plane, i0);
    let r1 = row_of(plane, min(i0 + 1u, end - 1u));
    let r2 = row_of(plane, min(i0 + 2u, end - 1u));
    let r3 = row_of(plane, min(i0 + 3u, end - 1u));
    var row = vec4u(r0.at, r1.at, r2.at, r3.at);
    // Said in full: an array declared in a loop was found to keep its values on one driver.
    for (var r = 0u; r < ROWS; r++) {
      s[r] = vec4f();
      dp[r] = vec4f();
    }
    for (var c0 = 0u; c0 < params.d4; c0 += CHUNK) {
      let n = min(CHUNK, params.d4 - c0);
      for (var i = 0u; i < 4u * n; i++) {
        let at = row[i % 4u] * params.d4 + c0 + i / 4u;
        q[i] = load_q(at);
        g[i] = load_grad(at);
      }
      for (var c = 0u; c < n; c++) {
        let a = q[4u * c];
        let b = q[4u * c + 1u];
        let e = q[4u * c + 2u];
        let f = q[4u * c + 3u];
        for (var r = 0u; r < ROWS; r++) {
          let x = k[r * SIZE + c0 + c];
          s[r] += vec4f(dot(x, a), dot(x, b), dot(x, e), dot(x, f));
        }
      }
      for (var c = 0u; c < n; c++) {
        let a = g[4u * c];
        let b = g[4u * c + 1u];
        let e = g[4u * c + 2u];
        let f = g[4u * c + 3u];
        for (var r = 0u; r < ROWS; r++) {
          let x = v[r * SIZE + c0 + c];
          dp[r] += vec4f(dot(x, a), dot(x, b), dot(x, e), dot(x, f));
        }
      }
    }
    let a0 = load_stats(r0.at);
    let a1 = load_stats(r1.at);
    let a2 = load_stats(r2.at);
    let a3 = load_stats(r3.at);
    let lse = vec4f(a0.x, a1.x, a2.x, a3.x);
    let delta = vec4f(a0.y, a1.y, a2.y, a3.y);
    let inside = i0 + vec4u(0u, 1u, 2u, 3u) < vec4u(end);
    for (var r = 0u; r < ROWS; r++) {
      let seen = seen_by(vec4u(r0.s, r1.s, r2.s, r3.s), range[r], key[r]) & inside;
      s[r] = probabilities(s[r], lse, seen);
      dp[r] = s[r] * (dp[r] - delta);
    }
    for (var c0 = 0u; c0 < params.d4; c0 += CHUNK) {
      let n = min(CHUNK, params.d4 - c0);
      if params.d4 > CHUNK {
        for (var i = 0u; i < 4u * n; i++) {
          let at = row[i % 4u] * params.d4 + c0 + i / 4u;
          q[i] = load_q(at);
          g[i] = load_grad(at);
        }
      }
      for (var c = 0u; c < n; c++) {
        let a = g[4u * c];
        let b = g[4u * c + 1u];
        let e = g[4u * c + 2u];
        let f = g[4u * c + 3u];
        for (var r = 0u; r < ROWS; r++) {
          let p = s[r];
          dv[r * SIZE + c0 + c] += p.x * a + p.y * b + p.z * e + p.w * f;
        }
      }
      for (var c = 0u; c < n; c++) {
        let a = q[4u * c];
        let b = q[4u * c + 1u];
        let e = q[4u * c + 2u];
        let f = q[4u * c + 3u];
        for (var r = 0u; r < ROWS; r++) {
          let ds = dp[r];
          dk[r * SIZE + c0 + c] += ds.x * a + ds.y * b + ds.z * e + ds.w * f;
        }
      }
    }
  }

  for (var i = 0u; i < ROWS * params.d4; i++) {
    let r = i / params.d4;
    let c = i % params.d4;
    let t = first + lane + r * WG;
    if t <= last {
      let to = (plane * params.T + t) * params.d4 + c;
      store_dk(to, params.scale * dk[r * SIZE + c]);
      store_dv(to, dv[r * SIZE + c]);
    }
  }
}
