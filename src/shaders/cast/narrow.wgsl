// f32 to binary16, four numbers an invocation, by integers: to nearest even, subnormals kept, overflow to infinity.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let bits = x[quad];
  let low = vec2u(half_from_f32_bits(bits.x), half_from_f32_bits(bits.z));
  let high = vec2u(half_from_f32_bits(bits.y), half_from_f32_bits(bits.w));
  y[quad] = low | (high << vec2u(16u));
}
