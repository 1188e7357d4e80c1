// FlashAttention-2 forward (Dao 2023, Alg. 1) with a subgroup for four rows: each lane scores one key, maxima and
// sums are subgroup reductions, then each lane owns columns of o and weights travel by shuffles.
//   s = scale.q.k;  m' = max(m, max s);  p = e^(s - m');  l = e^(m - m').l + sum p;  o = e^(m - m').o + p.v
// Exponentials to base 2, params.scale = scale.log2(e); o / l and lse = m + ln l at the end.
//
// Which invocations form a subgroup, and how many there are, is the driver's affair: subgroups draw their rows from
// a counter. The G = H/Hkv heads that share a key head are rows of one plane, row = s*G + g.
// q [B,H,S,D], k, v [B,Hkv,T,D] as vec4; o as q; lse [B,H,S].

const D4 = D / 4u;
const ROWS = 4u;
const LOWEST = -3.4028234663852886e38;
const LN2 = 0.6931471805599453;

var<workgroup> drawn: atomic<u32>;

// Control flow depends on what a subgroup drew, so it is the same for all its lanes; the analysis cannot know.
@diagnostic(off, subgroup_uniformity)
@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
  @builtin(subgroup_size) size: u32,
) {
  let rows = params.S * params.G;
  let tiles = (rows + CHUNKS * ROWS - 1u) / (CHUNKS * ROWS);
  let index = group_index(group);
  let plane = index / tiles;
  let base = plane * params.T * D4;
  // On a CPU an unrolled loop over the head takes seconds to compile: there its length is no constant.
  let d4 = select(params.D4, D4, UNROLL);

  loop {
    var chunk = 0u;
    if lane == 0u { chunk = atomicAdd(&drawn, 1u); }
    chunk = subgroupShuffle(chunk, 0u);
    let first = ((index - plane * tiles) * CHUNKS + chunk) * ROWS;
    if chunk >= CHUNKS || first >= rows { break; }
    let last = min(first + ROWS, rows) - 1u;

    var place = array<u32, ROWS>();
    var query = array<u32, ROWS>();
    var m = array<f32, ROWS>();
    var l = array<f32, ROWS>();
    var o = array<vec4f, ROWS * COLUMNS>();
    for (var r = 0u; r < ROWS; r++) {
      let row = min(first + r, last);
      query[r] = row / params.G;
      place[r] = (plane * params.G + row % params.G) * params.S + query[r];
      m[r] = LOWEST;
    }

    let head = key_range(first / params.G);
    let tail = key_range(last / params.G);
    for (var t0 = head.x; t0 < tail.y; t0 += size) {
      let t = min(t0 + lane, params.T - 1u);
      var p = array<f32, ROWS>();
      for (var c = 0u; c < d4; c++) {
        let k = load_k(base + t * D4 + c);
        for (var r = 0u; r < ROWS; r++) { p[r] += dot(load_q(place[r] * D4 + c), k); }
      }
      for (var r = 0u; r < ROWS; r++) {
        let see = t0 + lane < params.T && visible(query[r], t);
        let s = select(LOWEST, p[r] * params.scale, see);
        let top = max(m[r], subgroupMax(s));
        let keep = exp2(m[r] - top);
        p[r] = select(0.0, exp2(s - top), see);
        l[r] = l[r] * keep + p[r];
        m[r] = top;
        for (var i = 0u; i < COLUMNS; i++) { o[r * COLUMNS + i] *= keep; }
      }
      let count = min(size, tail.y - t0);
      for (var j = 0u; j < count; j++) {
        let w = vec4f(subgroupShuffle(p[0], j), subgroupShuffle(p[1], j),
                      subgroupShuffle(p[2], j), subgroupShuffle(p[3], j));
        for (var i = 0u; i < COLUMNS; i++) {
          // A lane whose column lies past the head repeats the last one, and does not store it.
          let v = load_v(base + (t0 + j) * D4 + min(lane + i * size, D4 - 1u));
          o[i] += w.x * v;
          o[COLUMNS + i] += w.y * v;
          o[2u * COLUMNS + i] += w.z * v;
          o[3u * COLUMNS + i] += w.w * v;
        }
      }
    }

    for (var r = 0u; r < ROWS; r++) {
      let sum = subgroupAdd(l[r]);
      if first + r < rows {
        let seen = sum > 0.0;
        let inverse = select(0.0, 1.0 / sum, seen);
        for (var i = 0u; i < COLUMNS && lane + i * size < D4; i++) {
          store_o(place[r] * D4 + lane + i * size, o[r * COLUMNS + i] * inverse);
        }
        if lane == 0u { store_lse(place[r], select(LOWEST, (m[r] + log2(sum)) * LN2, seen)); }
      }
    }
  }
}
