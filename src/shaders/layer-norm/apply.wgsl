// y = (x - mean).r.gamma + beta with the row's mean and r, four neighbouring elements an invocation, maybe of several
// rows. x [rows, width], stats [rows] of (mean, r), gamma and beta [width].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let i = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
  let row = min(i / params.width, vec4u(params.rows - 1u));
  let c = i % params.width;
  let a = load_stats(row.x);
  let b = load_stats(row.y);
  let d = load_stats(row.z);
  let e = load_stats(row.w);
  let gamma_c = vec4f(load_gamma(c.x), load_gamma(c.y), load_gamma(c.z), load_gamma(c.w));
  var y = (load_x(quad) - vec4f(a.x, b.x, d.x, e.x)) * vec4f(a.y, b.y, d.y, e.y) * gamma_c;
  if HAS_BETA { y += vec4f(load_beta(c.x), load_beta(c.y), load_beta(c.z), load_beta(c.w)); }
  store_y(quad, y);
}
