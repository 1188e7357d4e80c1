// dq = scale.ds.k in registers alone: no workgroup memory and no barrier, which is what adapters that run on a CPU
// want. An invocation owns ROWS query rows and walks the keys they see, four at a time:
//   p = exp(scale.q.k - lse), ds = p.(do.v - delta), dq += ds.k                     (Dao, FlashAttention-2, Alg. 2)
// Compilers for CPUs take long over every load, over large arrays (which are zeroed word by word) and over loops
// that they can unroll: so loads stand in loops of their own as long as a parameter says, and ROWS.SIZE is 64.
// q, do, dq [B,H,S,D], k, v [B,Hkv,T,D] as vec4; SIZE >= D/4, so that head sizes share pipelines.

const CHUNK = 16u;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let rows = params.S * params.G;
  let tiles = (rows + WG * ROWS - 1u) / (WG * ROWS);
  let index = group_index(group);
  let plane = index / tiles;
  let first = (index - plane * tiles) * WG * ROWS;
  let last = min(first + WG * ROWS, rows) - 1u;

  var q: array<vec4f, ROWS * SIZE>;
  var g: array<vec4f, ROWS * SIZE>; // do
  var dq: array<vec4f, ROWS * SIZE>;
  var row: array<Row, ROWS>;
  var range: array<vec2u, ROWS>;
  var stats: array<vec2f, ROWS>;
  // Rows past the end repeat the last one and are not written.
  for (var r = 0u; r < ROWS; r++) {
    row[r] = row_of(plane, min(first + lane + r * WG, last));
    range[r] = key_range(row[r].s);
    stats[r] = load_stats(row[r].at);
  }
  for (var i = 0u; i < ROWS * params.d4; i++) {
    let r = i / params.d4;
    let c = i % params.d4;
    let at = row[r].at * params.d4 + c;
    q[r * SIZE + c] = load_q(at) * params.scale2;
    g[r * SIZE + c] = load_grad(at);
  }

  var k: array<vec4f, 4u * CHUNK>; // [columns][four keys]
  var v: array<vec4f, 4u * CHUNK>;
  var s: array<vec4f, ROWS>;
  var dp: array<vec4f, ROWS>;
  let end = key_range(last / params.G).y;
  for (var t0 = key_range(first / params.G).x; t0 < end; t0 += 4u) {
    // Said in full: an array declared in a loop was found to keep its values on one driver.
    for (var r = 0u; r < ROWS; r++) {
      s[r] = vec4f();
      dp[r] = vec4f();
    }
    for (var c0 = 0u; c0 < params.d4; c0 += CHUNK) {
      let n = min(CHUNK, params.d4 - c0);
      for (var i = 0u; i < 4u * n; i++) {
        // Keys past the end repeat the last; no row sees them.
        let at = (plane * params.T + min(t0 + i % 4u, params.T - 1u)) * params.d4 + c0 + i / 4u;
        k[i] = load_k(at);
        v[i] = load_v(at);
      }
      for (var c = 0u; c < n; c++) {
        let a = k[4u * c];
        let b = k[4u * c + 1u];
        let e = k[4u * c + 2u];
        let f = k[4u * c + 3u];
        for (var r = 0u; r < ROWS; r++) {
          let x = q[r * SIZE + c0 + c];
          s[r] += vec4f(dot(x, a), dot(x, b), dot(x, e), dot(x, f));
        }
      }
      for (var c = 0u; c < n; c++) {
        let a = v[4u * c];
        let b = v[4u * c + 1u];
        let e = v[4u * c + 2u];
        let f = v[4u * c + 3u];
        for (var r = 0u; r < ROWS; r++) {
          let x = g[r * SIZE + c0 + c];
          dp[r] += vec4f(dot(x, a), dot(x, b), dot(x, e), dot(x, f));
        }
      }
    }
    let t = t0 + vec4u(0u, 1u, 2u, 3u);
    for (var r = 0u; r < ROWS; r++) {
      let p = probabilities(s[r], vec4f(stats[r].x), seen_keys(row[r].s, range[r], t));
      s[r] = p * (dp[r] - stats[r].y);
    }
    for (var c0 = 0u; c0 < params.d4; c0 += CHUNK) {
      let n = min(CHUNK, params.d4 - c0);
      if params.d4 > CHUNK {
        for (var i = 0u; i < 4u * n; i++) {
          k[i] = load_k((plane * params.T + min(t0 + i % 4u, params.T - 1u)) * params.d4 + c0 + i / 4u);
        }
      }
      for (var c = 0u; c < n; c++) {
        let a = k[4u * c];
        let b = k[4u * c + 1u];
        let e = k[4u * c + 2u];
        let f = k[4u * c + 3u];
        for (var r = 0u; r < ROWS; r++) {
          let ds = s[r];
          dq[r * SIZE + c0 + c] += ds.x * a + ds.y * b + ds.z * e + ds.w * f;
        }
      }
    }
  }

  for (var i = 0u; i < ROWS * params.d4; i++) {
    let r = i / params.d4;
    let c = i % params.d4;
    if first + lane + r * WG < rows { store_dq(row[r].at * params.d4 + c, params.scale * dq[r * SIZE + c]); }
  }
}
