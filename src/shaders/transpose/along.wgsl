// y with the axes of x in another order where the last axis stays and four divides it: whole quads move.
// y [n0, n1, n2, n3, n4] with n4 counted in quads, as are the steps s0 … s4 in x.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let i3 = quad / params.n4;
  let i2 = i3 / params.n3;
  let i1 = i2 / params.n2;
  let at = (i1 / params.n1) * params.s0 + (i1 % params.n1) * params.s1 + (i2 % params.n2) * params.s2
    + (i3 % params.n3) * params.s3 + (quad % params.n4) * params.s4;
  store_y(quad, load_x(at));
}
