// y = (x - mean).r.gamma + beta with the row's mean and r, four neighbouring elements of one row an invocation.
// x [rows, width] with width a multiple of four, stats [rows] of (mean, r), gamma and beta [width].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let width = params.width / 4u;
  let own = load_stats(quad / width);
  let c = quad % width;
  var y = (load_x(quad) - own.x) * own.y * load_gamma(c);
  if HAS_BETA { y += load_beta(c); }
  store_y(quad, y);
}
