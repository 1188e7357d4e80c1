// dx = r.(g - mean(g) - xhat.mean(g.xhat)) with g = dy.gamma and xhat = (x - mean).r, four neighbouring elements an
// invocation, maybe of several rows.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let i = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
  let row = min(i / params.width, vec4u(params.rows - 1u));
  let c = i % params.width;
  let a = vec4f(load_stats(row.x), load_sums(row.x));
  let b = vec4f(load_stats(row.y), load_sums(row.y));
  let d = vec4f(load_stats(row.z), load_sums(row.z));
  let e = vec4f(load_stats(row.w), load_sums(row.w));
  let r = vec4f(a.y, b.y, d.y, e.y);
  let g = load_dy(quad) * vec4f(load_gamma(c.x), load_gamma(c.y), load_gamma(c.z), load_gamma(c.w));
  let xhat = (load_x(quad) - vec4f(a.x, b.x, d.x, e.x)) * r;
  store_dx(quad, r * (g - vec4f(a.z, b.z, d.z, e.z) - xhat * vec4f(a.w, b.w, d.w, e.w)));
}
