// Four neighbouring elements of x, which is f16, as the bits of f32 of the same value.
fn bits4(quad: u32) -> vec4u {
  let w = x[quad];
  return vec4u(f32_bits_from_half(w.x & 0xffffu), f32_bits_from_half(w.x >> 16u),
    f32_bits_from_half(w.y & 0xffffu), f32_bits_from_half(w.y >> 16u));
}
