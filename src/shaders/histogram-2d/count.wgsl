// Particles counted in the cells of a grid over a rectangle; what lies outside counts nowhere. counts [height, width].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(group) * 64u + local;
  if i >= params.n { return; }
  let cell = (load_x(i) - vec2f(params.left, params.top)) * vec2f(params.across, params.down);
  // Compared as floats: what is far outside has no integer.
  let inside = all(cell >= vec2f()) && all(cell < vec2f(f32(params.width), f32(params.height)));
  if inside { atomicAdd(&counts[u32(cell.y) * params.width + u32(cell.x)], 1u); }
}
