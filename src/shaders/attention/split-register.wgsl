// Attention of few queries over many keys, keys split over invocations, without workgroup memory or barriers: for
// adapters that run on a CPU. An invocation owns RT rows (row i = s*G + g, the queries of all heads that share a
// key head) and one share of the keys, which it walks four at a time, and leaves m, l and o for split-merge.wgsl.
// Loads stand in loops of their own, as long as a parameter says, and arrays are small: compilers for CPUs take
// long over both. q [B,H,S,D], k, v [B,Hkv,T,D] as vec4; parts [B*H*S, splits, D], sums [B*H*S, splits] = (m, l).

const LOWEST = -3.4028234663852886e38;
const COLUMNS = 16u;

fn row_of(plane: u32, i: u32) -> vec2u {
  let s = i / params.G;
  return vec2u(s, (plane * params.G + i - s * params.G) * params.S + s);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let rows = params.S * params.G;
  let tiles = (rows + RT - 1u) / RT;
  let index = group_index(group) * WG + lane;
  let split = index % params.splits;
  let tile = index / params.splits % tiles;
  let plane = index / params.splits / tiles;
  if plane >= params.planes { return; }
  let first = tile * RT;
  let last = min(first + RT, rows) - 1u;

  var q: array<vec4f, RT * SIZE>;
  var o: array<vec4f, RT * SIZE>;
  var x: array<vec4f, 4u * COLUMNS>; // k or v: [columns][four keys]
  var s: array<vec4f, RT>;
  var m: array<f32, RT>;
  var l: array<f32, RT>;
  for (var i = 0u; i < RT * params.d4; i++) {
    let r = i / params.d4;
    let c = i % params.d4;
    q[r * SIZE + c] = load_q(row_of(plane, min(first + r, last)).y * params.d4 + c) * params.scale;
  }
  for (var r = 0u; r < RT; r++) { m[r] = LOWEST; }

  let end = min((split + 1u) * params.share, key_range(last / params.G).y);
  for (var t0 = max(split * params.share, key_range(first / params.G).x); t0 < end; t0 += 4u) {
    for (var r = 0u; r < RT; r++) { s[r] = vec4f(); }
    for (var c0 = 0u; c0 < params.d4; c0 += COLUMNS) {
      let n = min(COLUMNS, params.d4 - c0);
      for (var i = 0u; i < 4u * n; i++) {
        // Keys past the end repeat the last; no row sees them.
        x[i] = load_k((plane * params.T + min(t0 + i / n, end - 1u)) * params.d4 + c0 + i % n);
      }
      for (var c = 0u; c < n; c++) {
        for (var r = 0u; r < RT; r++) {
          let a = q[r * SIZE + c0 + c];
          s[r] += vec4f(dot(a, x[c]), dot(a, x[n + c]), dot(a, x[2u * n + c]), dot(a, x[3u * n + c]));
        }
      }
    }
    let t = t0 + vec4u(0u, 1u, 2u, 3u);
    for (var r = 0u; r < RT; r++) {
      let query = row_of(plane, min(first + r, last)).x;
      let seen = seen_keys(query, key_range(query), t) & (t < vec4u(end));
      let scores = select(vec4f(LOWEST), s[r], seen);
      let two = max(scores.xy, scores.zw);
      let top = max(m[r], max(two.x, two.y));
      let p = select(vec4f(), exp2(scores - top), seen);
      let keep = exp2(m[r] - top);
      m[r] = top;
      l[r] = l[r] * keep + p.x + p.y + p.z + p.w;
      s[r] = p;
      if keep < 1.0 {
        for (var c = 0u; c < params.d4; c++) { o[r * SIZE + c] *= keep; }
      }
    }
    for (var c0 = 0u; c0 < params.d4; c0 += COLUMNS) {
      let n = min(COLUMNS, params.d4 - c0);
      for (var i = 0u; i < 4u * n; i++) {
        x[i] = load_v((plane * params.T + min(t0 + i / n, end - 1u)) * params.d4 + c0 + i % n);
      }
      for (var c = 0u; c < n; c++) {
        for (var r = 0u; r < RT; r++) {
          let p = s[r];
          o[r * SIZE + c0 + c] += p.x * x[c] + p.y * x[n + c] + p.z * x[2u * n + c] + p.w * x[3u * n + c];
        }
      }
    }
  }

  for (var i = 0u; i < RT * params.d4; i++) {
    let r = i / params.d4;
    let c = i % params.d4;
    if first + r <= last {
      let part = row_of(plane, first + r).y * params.splits + split;
      store_parts(part * params.d4 + c, o[r * SIZE + c]);
      if c == 0u { store_sums(part, vec2f(m[r], l[r])); }
    }
  }
}
