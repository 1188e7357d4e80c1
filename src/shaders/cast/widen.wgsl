// binary16 to f32, four numbers an invocation, by integers: exact, subnormals too.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let bits = x[quad];
  y[quad] = vec4u(f32_bits_from_half(bits.x & 0xffffu), f32_bits_from_half(bits.x >> 16u),
    f32_bits_from_half(bits.y & 0xffffu), f32_bits_from_half(bits.y >> 16u));
}
