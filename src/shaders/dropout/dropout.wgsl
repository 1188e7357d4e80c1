// y = x / (1 - p) where the element's random bits are at least p.2^32, else 0 (Srivastava et al. 2014, inverted).
// One Philox block serves four neighbours. The gradient is the same function of dy: no mask is kept.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let stays = philox(quad, params.seed, params.stream) >= vec4u(params.threshold);
  store_y(quad, select(vec4f(), load_x(quad) * params.scale, stays));
}
