// What every group's gradient needs: mean(g) and mean(g.xhat) with g = dy.gamma and xhat = (x - mean).r.
// sums [images * groups] of both.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let own = row_of(group_index(group), local);
  let row = min(own, params.rows - 1u);
  let stats = load_stats(row);
  var g_sum = vec4f();
  var gx_sum = vec4f();
  for (var k = lane_of(local) * 4u; k < row_elements(); k += 4u * LANES) {
    let e = element(k);
    let i = place_of(row, e);
    let g = select(vec4f(), four_dy(i) * four_gamma(channel_of(row, e)), inside(k));
    g_sum += g;
    gx_sum += g * (four_x(i) - stats.x);
  }
  let n = f32(row_elements());
  let both = vec2f(dot(row_sum(g_sum, local), vec4f(1.0)), stats.y * dot(row_sum(gx_sum, local), vec4f(1.0)));
  if lane_of(local) == 0u && own < params.rows { store_sums(own, both / n); }
}
