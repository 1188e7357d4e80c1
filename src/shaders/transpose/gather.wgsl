// y with the axes of x in another order, four neighbouring elements of y an invocation.
// y [n0, n1, n2, n3, n4]; s0 … s4: what a step along each of its axes moves in x.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let i4 = min(vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  let i3 = i4 / params.n4;
  let i2 = i3 / params.n3;
  let i1 = i2 / params.n2;
  let at = (i1 / params.n1) * params.s0 + (i1 % params.n1) * params.s1 + (i2 % params.n2) * params.s2
    + (i3 % params.n3) * params.s3 + (i4 % params.n4) * params.s4;
  store_y(quad, vec4f(load_x(at.x), load_x(at.y), load_x(at.z), load_x(at.w)));
}
