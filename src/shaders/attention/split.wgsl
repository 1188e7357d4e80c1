// Attention of few queries over many keys (flash-decoding: Dao et al. 2023): the keys are split over workgroups,
// each of which leaves m, l and the sum o of its share, o = sum_t 2^(s - m).v, for split-merge.wgsl. A key or value
// element is read once for RT rows, the queries of all G = H/Hkv heads that share it: row i = s*G + g.
// Four invocations share a key while scores are made, so that 64 bytes are read in one piece; then D/4 invocations
// share a value row. q [B,H,S,D], k, v [B,Hkv,T,D] as vec4; parts [B*H*S, splits, D], sums [B*H*S, splits] = (m, l).

const D4 = D / 4u;
const THREADS = 64u;
const LOWEST = -3.4028234663852886e38;
/** Invocations that look for the maximum of one row. */
const SCOUTS = THREADS / RT;

var<workgroup> query: array<vec4f, RT * D4>;
var<workgroup> quarters: array<f32, 4u * RT * CHUNK>;
var<workgroup> weights: array<f32, RT * CHUNK>;
var<workgroup> tops: array<f32, THREADS>;
var<workgroup> shares: array<vec4f, THREADS>;
var<workgroup> masses: array<f32, THREADS>;

fn row_of(plane: u32, i: u32) -> vec2u {
  let s = i / params.G;
  return vec2u(s, (plane * params.G + i - s * params.G) * params.S + s);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let rows = params.S * params.G;
  let tiles = (rows + RT - 1u) / RT;
  let index = group_index(group);
  let split = index % params.splits;
  let tile = index / params.splits % tiles;
  let plane = index / params.splits / tiles;
  let first = tile * RT;
  let last = min(first + RT, rows) - 1u;
  for (var e = lane; e < RT * D4; e += THREADS) {
    query[e] = load_q(row_of(plane, min(first + e / D4, last)).y * D4 + e % D4) * params.scale;
  }

  let begin = max(split * params.share, key_range(first / params.G).x);
  let end = min((split + 1u) * params.share, key_range(last / params.G).y);
  let column = lane % D4;
  let strand = lane / D4;
  let strands = THREADS / D4;
  var m: array<f32, RT>;
  var l: array<f32, RT>;
  var o: array<vec4f, RT>;
  var s: array<f32, RT>;
  for (var r = 0u; r < RT; r++) { m[r] = LOWEST; }
  workgroupBarrier();
  for (var t0 = begin; t0 < end; t0 += CHUNK) {
    let n = min(CHUNK, end - t0);
    for (var j = lane / 4u; j < n; j += THREADS / 4u) {
      for (var r = 0u; r < RT; r++) { s[r] = 0.0; }
      for (var c = lane % 4u; c < params.d4; c += 4u) {
        let k = load_k((plane * params.T + t0 + j) * D4 + c);
        for (var r = 0u; r < RT; r++) { s[r] += dot(query[r * D4 + c], k); }
      }
      for (var r = 0u; r < RT; r++) { quarters[(r * CHUNK + j) * 4u + lane % 4u] = s[r]; }
    }
    workgroupBarrier();
    for (var e = lane; e < RT * CHUNK; e += THREADS) {
      let j = e % CHUNK;
      var score = LOWEST;
      if j < n && visible(row_of(plane, min(first + e / CHUNK, last)).x, t0 + j) {
        score = quarters[4u * e] + quarters[4u * e + 1u] + quarters[4u * e + 2u] + quarters[4u * e + 3u];
      }
      weights[e] = score;
    }
    workgroupBarrier();
    var top = LOWEST;
    for (var j = lane % SCOUTS; j < n; j += SCOUTS) { top = max(top, weights[lane / SCOUTS * CHUNK + j]); }
    tops[lane] = top;
    workgroupBarrier();
    for (var r = 0u; r < RT; r++) {
      top = m[r];
      for (var i = 0u; i < SCOUTS; i++) { top = max(top, tops[r * SCOUTS + i]); }
      let keep = exp2(m[r] - top);
      m[r] = top;
      l[r] *= keep;
      o[r] *= keep;
      for (var j = lane; j < n; j += THREADS) {
        let score = weights[r * CHUNK + j];
        weights[r * CHUNK + j] = select(exp2(score - top), 0.0, score == LOWEST);
      }
    }
    workgroupBarrier();
    if strand < strands {
      for (var j = strand; j < n; j += strands) {
        let v = load_v((plane * params.T + t0 + j) * D4 + column);
        for (var r = 0u; r < RT; r++) {
          let w = weights[r * CHUNK + j];
          l[r] += w;
          o[r] += w * v;
        }
      }
    }
    workgroupBarrier();
  }

  for (var r = 0u; r < RT; r++) {
    shares[lane] = o[r];
    masses[lane] = l[r];
    workgroupBarrier();
    if lane < D4 && first + r <= last {
      var sum = vec4f();
      var mass = 0.0;
      for (var i = 0u; i < strands; i++) {
        sum += shares[i * D4 + lane];
        mass += masses[i * D4 + lane];
      }
      let part = row_of(plane, first + r).y * params.splits + split;
      store_parts(part * D4 + lane, sum);
      if lane == 0u { store_sums(part, vec2f(m[r], mass)); }
    }
    workgroupBarrier();
  }
}
