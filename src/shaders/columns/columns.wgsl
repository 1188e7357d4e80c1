// y[row, c] = x[row, c] where x has that column, value in the column `slot`, else 0; four neighbours of y an invocation.
// x [rows, given], y [rows, wanted].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let i = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  let c = i % params.wanted;
  let at = i / params.wanted * params.given + min(c, vec4u(params.given - 1u));
  let taken = vec4f(load_x(at.x), load_x(at.y), load_x(at.z), load_x(at.w));
  let held = select(vec4f(), taken, c < vec4u(params.given));
  store_y(quad, select(held, vec4f(params.value), c == vec4u(params.slot)));
}
