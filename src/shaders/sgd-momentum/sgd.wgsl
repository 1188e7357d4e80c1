// SGD with momentum (Sutskever et al. 2013, as PyTorch has it), four parameters an invocation, in place:
//   u = momentum.u + g + decay.p;  p = p - rate.u.  A skipped step changes nothing.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let old = load_p(quad);
  if load_control(SKIP) != 0.0 {
    keep(quad, old, vec4f());
    return;
  }
  let u4 = params.momentum * load_u(quad) + gradient(quad) + params.decay * old;
  store_u(quad, state(u4));
  keep(quad, old, -load_control(RATE) * u4);
}
