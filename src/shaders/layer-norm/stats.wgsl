// Mean and 1/sqrt(variance + eps) of every row of x [rows, width]; without CENTRE the mean is taken as 0 (RMS norm,
// Zhang & Sennrich 2019). The variance is that of the differences, in a second walk: E[x^2] - E[x]^2 would cancel.

fn four(at: u32, k: u32) -> vec4f {
  return four_x(at + min(vec4u(k) + vec4u(0u, 1u, 2u, 3u), vec4u(params.width - 1u)));
}

fn inside(k: u32) -> vec4<bool> {
  return vec4u(k) + vec4u(0u, 1u, 2u, 3u) < vec4u(params.width);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let row = row_of(group_index(group), local);
  let at = min(row, params.rows - 1u) * params.width;
  let n = f32(params.width);
  var mean = 0.0;
  if CENTRE {
    var sum = vec4f();
    for (var k = lane_of(local) * 4u; k < params.width; k += 4u * LANES) {
      sum += select(vec4f(), four(at, k), inside(k));
    }
    mean = dot(row_sum(sum, local), vec4f(1.0)) / n;
  }
  var squares = vec4f();
  for (var k = lane_of(local) * 4u; k < params.width; k += 4u * LANES) {
    let d = select(vec4f(), four(at, k) - mean, inside(k));
    squares += d * d;
  }
  let variance = dot(row_sum(squares, local), vec4f(1.0)) / n;
  if lane_of(local) == 0u && row < params.rows {
    store_stats(row, vec2f(mean, 1.0 / sqrt(variance + params.eps)));
  }
}
