// x to the nearest number of a narrower format, in place and kept as f32; four an invocation, by integers.
// IS_HALF: binary16, else bfloat16; FLUSH: results that are subnormal in the format become zero of their sign.

fn rounded(bits: u32) -> u32 {
  var narrow: u32;
  var wide: u32;
  if IS_HALF {
    narrow = half_from_f32_bits(bits);
    wide = f32_bits_from_half(narrow);
  } else {
    narrow = bfloat_from_f32_bits(bits);
    wide = f32_bits_from_bfloat(narrow);
  }
  let least = select(0x80u, 0x400u, IS_HALF);
  return select(wide, wide & 0x80000000u, FLUSH && (narrow & 0x7fffu) < least);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let bits = x[quad];
  x[quad] = vec4u(rounded(bits.x), rounded(bits.y), rounded(bits.z), rounded(bits.w));
}
