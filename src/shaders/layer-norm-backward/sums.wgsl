// What every row's gradient needs: mean(g) and mean(g.xhat) with g = dy.gamma and xhat = (x - mean).r; without CENTRE the
// first is 0. x, dy [rows, width], stats [rows] of (mean, r), gamma [width]; sums [rows] of both.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let row = row_of(group_index(group), local);
  let r = min(row, params.rows - 1u);
  let at = r * params.width;
  let own = load_stats(r);
  var g_sum = vec4f();
  var gx_sum = vec4f();
  for (var k = lane_of(local) * 4u; k < params.width; k += 4u * LANES) {
    let c = vec4u(k) + vec4u(0u, 1u, 2u, 3u);
    let inside = c < vec4u(params.width);
    let j = min(c, vec4u(params.width - 1u));
    let i = at + j;
    let g = select(vec4f(), four_dy(i) * four_gamma(j), inside);
    g_sum += g;
    gx_sum += g * (four_x(i) - own.x);
  }
  let n = f32(params.width);
  let both = vec2f(dot(row_sum(g_sum, local), vec4f(1.0)), own.y * dot(row_sum(gx_sum, local), vec4f(1.0)));
  if lane_of(local) == 0u && row < params.rows { store_sums(row, select(vec2f(0.0, both.y), both, CENTRE) / n); }
}
