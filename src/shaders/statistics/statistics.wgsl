// Counts of x by what binary16 makes of it, and of floor(log2 |x|) in 64 bins, added to `counts`. Bits alone decide: the
// exponent field of f32 is floor(log2 |x|) + 127. Each workgroup gathers its histogram in workgroup memory first.
// counts [8 + 64]: values, zeros, underflow (0 < |x| < 2^-24), subnormal (2^-24 <= |x| < 2^-14), overflow (|x| > 65504),
// not finite, rounds to zero (0 < |x| <= 2^-25), rounds to infinity (65520 <= |x|); bins from LOWEST up.

var<workgroup> bins: array<atomic<u32>, 64>;

fn number_of(which: vec4<bool>) -> u32 { return dot(select(vec4u(), vec4u(1u), which), vec4u(1u)); }

fn add(place: u32, n: u32) { if n > 0u { atomicAdd(&counts[place], n); } }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let first = group_index(group) * 64u * REPEATS + local;
  var small = vec4u();
  var large = vec4u();
  for (var k = 0u; k < REPEATS; k++) {
    let quad = first + 64u * k;
    if quad >= params.quads { break; }
    let inside = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u) < vec4u(params.size);
    // What is past the end counts as zero, and is taken off again.
    let m = select(vec4u(), bits4(quad) & vec4u(0x7fffffffu), inside);
    let some = m > vec4u();
    let finite = m < vec4u(0x7f800000u);
    small += vec4u(number_of(inside), number_of(inside & !some), number_of(some & (m < vec4u(0x33800000u))),
      number_of((m >= vec4u(0x33800000u)) & (m < vec4u(0x38800000u))));
    large += vec4u(number_of(finite & (m > vec4u(0x477fe000u))), number_of(!finite),
      number_of(some & (m <= vec4u(0x33000000u))), number_of(finite & (m >= vec4u(0x477ff000u))));
    let bin = clamp(vec4i(m >> vec4u(23u)) - 127 - LOWEST, vec4i(), vec4i(63));
    let counted = some & finite;
    for (var j = 0u; j < 4u; j++) {
      if counted[j] { atomicAdd(&bins[u32(bin[j]) & 63u], 1u); }
    }
  }
  for (var j = 0u; j < 4u; j++) {
    add(j, small[j]);
    add(4u + j, large[j]);
  }
  workgroupBarrier();
  add(8u + local, atomicLoad(&bins[local]));
}
