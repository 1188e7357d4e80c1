// y = (x - mean).r.gamma + beta with the mean and r of the element's group, four neighbouring elements an invocation.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let i = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
  let own = own_of(i);
  let c = i % channels();
  store_y(quad, (load_x(quad) - own.mean) * own.r * four_gamma(c) + four_beta(c));
}
