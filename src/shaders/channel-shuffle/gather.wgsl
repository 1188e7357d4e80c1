// y[..., j.G + g] = x[..., g.share + j], four neighbouring elements of y an invocation, for any groups.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let element = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  let pixel = element / params.C;
  let channel = element - pixel * params.C;
  let j = channel / params.groups;
  let source = pixel * params.C + (channel - j * params.groups) * params.share + j;
  store_y(quad, vec4f(load_x(source.x), load_x(source.y), load_x(source.z), load_x(source.w)));
}
