// Puts the shares of split.wgsl together: m = max m_i, l = sum 2^(m_i - m).l_i, o = sum 2^(m_i - m).o_i / l and
// lse = ln l + m. A workgroup makes one row; D/4 invocations share a part.
// parts [rows, splits, D] as vec4, sums [rows, splits] = (m_i, l_i) to base 2; o [rows, D] as vec4, lse [rows].

const THREADS = 64u;
const LOWEST = -3.4028234663852886e38;
const LN2 = 0.6931471805599453;

var<workgroup> tops: array<f32, THREADS>;
var<workgroup> shares: array<vec4f, THREADS>;
var<workgroup> masses: array<f32, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group_index(group);
  var m = LOWEST;
  for (var i = lane; i < params.splits; i += THREADS) {
    let sum = load_sums(row * params.splits + i);
    if sum.y > 0.0 { m = max(m, sum.x); }
  }
  tops[lane] = m;
  workgroupBarrier();
  for (var i = 0u; i < THREADS; i++) { m = max(m, tops[i]); }

  let column = lane % params.d4;
  let strand = lane / params.d4;
  let strands = THREADS / params.d4;
  var o = vec4f();
  var l = 0.0;
  if strand < strands {
    for (var i = strand; i < params.splits; i += strands) {
      let part = row * params.splits + i;
      let sum = load_sums(part);
      if sum.y > 0.0 {
        let weight = exp2(sum.x - m);
        l += weight * sum.y;
        o += weight * load_parts(part * params.d4 + column);
      }
    }
  }
  shares[lane] = o;
  masses[lane] = l;
  workgroupBarrier();
  if lane < params.d4 {
    for (var i = 1u; i < strands; i++) {
      o += shares[i * params.d4 + lane];
      l += masses[i * params.d4 + lane];
    }
    let seen = l > 0.0;
    store_o(row * params.d4 + lane, o * select(0.0, 1.0 / max(l, 1e-30), seen));
    if lane == 0u { store_lse(row, select(LOWEST, (m + log2(max(l, 1e-30))) * LN2, seen)); }
  }
}
