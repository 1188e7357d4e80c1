// AdamW (Loshchilov & Hutter 2019, with Kingma & Ba's bias correction), four parameters an invocation, in place:
//   m = b1.m + (1 - b1).g;  v = b2.v + (1 - b2).g^2;  p = p - rate.(decay.p + (m / c1) / (sqrt(v / c2) + eps))
// with c = 1 - b^step from the control block. A skipped step changes nothing.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let old = load_p(quad);
  if load_control(SKIP) != 0.0 {
    keep(quad, old, vec4f());
    return;
  }
  let g = gradient(quad);
  let m4 = params.beta1 * load_m1(quad) + params.one_beta1 * g;
  let v4 = params.beta2 * load_m2(quad) + params.one_beta2 * g * g;
  store_m1(quad, state(m4));
  store_m2(quad, state(v4));
  let direction = (m4 / load_control(BIAS1)) / (sqrt(v4 / load_control(BIAS2)) + params.eps);
  keep(quad, old, -load_control(RATE) * (params.decay * old + direction));
}
