// Mean and 1/sqrt(variance + eps) of every group of every image. The variance is that of the differences, in a second
// walk: E[x^2] - E[x]^2 would cancel. stats [images * groups] of (mean, r).

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let own = row_of(group_index(group), local);
  let row = min(own, params.rows - 1u);
  let n = f32(row_elements());
  var sum = vec4f();
  for (var k = lane_of(local) * 4u; k < row_elements(); k += 4u * LANES) {
    sum += select(vec4f(), four_x(place_of(row, element(k))), inside(k));
  }
  let mean = dot(row_sum(sum, local), vec4f(1.0)) / n;
  var squares = vec4f();
  for (var k = lane_of(local) * 4u; k < row_elements(); k += 4u * LANES) {
    let d = select(vec4f(), four_x(place_of(row, element(k))) - mean, inside(k));
    squares += d * d;
  }
  let variance = dot(row_sum(squares, local), vec4f(1.0)) / n;
  if lane_of(local) == 0u && own < params.rows {
    store_stats(own, vec2f(mean, 1.0 / sqrt(variance + params.eps)));
  }
}
