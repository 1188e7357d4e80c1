// y[row, c] = x[row, skipped + c], four neighbouring elements of y an invocation. x [rows, columns], y [rows, taken].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let i = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  let at = i / params.taken * params.columns + params.skipped + i % params.taken;
  store_y(quad, vec4f(load_x(at.x), load_x(at.y), load_x(at.z), load_x(at.w)));
}
