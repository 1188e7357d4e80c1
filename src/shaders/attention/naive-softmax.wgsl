// Second pass: each row of scores becomes its softmax in place, and lse = m + ln sum e^(score - m).
// One workgroup a row; every invocation reads all 32 partial results, so a reduction is one barrier.

const LOWEST = -3.4028234663852886e38;
var<workgroup> tops: array<f32, 32>;
var<workgroup> sums: array<f32, 32>;

@compute @workgroup_size(32)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group_index(group);
  let at = row * params.T4;
  var top = LOWEST;
  for (var t = lane; t < params.T4; t += 32u) {
    let s = load_scores(at + t);
    top = max(top, max(max(s.x, s.y), max(s.z, s.w)));
  }
  tops[lane] = top;
  workgroupBarrier();
  for (var i = 0u; i < 32u; i++) { top = max(top, tops[i]); }

  var sum = 0.0;
  for (var t = lane; t < params.T4; t += 32u) {
    let s = load_scores(at + t);
    let e = select(exp(s - top), vec4f(), s == vec4f(LOWEST));
    store_scores(at + t, e);
    sum += e.x + e.y + e.z + e.w;
  }
  sums[lane] = sum;
  workgroupBarrier();
  sum = 0.0;
  for (var i = 0u; i < 32u; i++) { sum += sums[i]; }

  let seen = sum > 0.0;
  let inverse = select(0.0, 1.0 / sum, seen);
  for (var t = lane; t < params.T4; t += 32u) { store_scores(at + t, load_scores(at + t) * inverse); }
  if lane == 0u { store_lse(params.first * params.S + row, select(LOWEST, top + log(sum), seen)); }
}
