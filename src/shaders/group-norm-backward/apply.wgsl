// dx = r.(g - mean(g) - xhat.mean(g.xhat)) with g = dy.gamma and xhat = (x - mean).r, four neighbouring elements an
// invocation; the means are those of the element's group.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let i = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
  let own = own_of(i);
  let means = means_of(i);
  let xhat = (load_x(quad) - own.mean) * own.r;
  store_dx(quad, own.r * (load_dy(quad) * four_gamma(i % channels()) - means.of_g - xhat * means.of_gx));
}

struct Means { of_g: vec4f, of_gx: vec4f }

fn means_of(i: vec4u) -> Means {
  let e = min(i, vec4u(params.last));
  let row = e / (params.pixels * channels()) * params.groups + e % channels() / params.share;
  let a = load_sums(row.x);
  if WHOLE { return Means(vec4f(a.x), vec4f(a.y)); }
  let b = load_sums(row.y);
  let c = load_sums(row.z);
  let d = load_sums(row.w);
  return Means(vec4f(a.x, b.x, c.x, d.x), vec4f(a.y, b.y, c.y, d.y));
}
