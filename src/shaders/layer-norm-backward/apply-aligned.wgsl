// dx = r.(g - mean(g) - xhat.mean(g.xhat)) with g = dy.gamma and xhat = (x - mean).r, four neighbouring elements of one
// row an invocation; the width is a multiple of four.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let width = params.width / 4u;
  let row = quad / width;
  let own = load_stats(row);
  let means = load_sums(row);
  let xhat = (load_x(quad) - own.x) * own.y;
  store_dx(quad, own.y * (load_dy(quad) * load_gamma(quad % width) - means.x - xhat * means.y));
}
