// A series and its maxima as a picture. First the range of samples that each column of pixels stands for (lowest and
// highest sample, lowest and highest maximum), then the pixels: the samples' range filled, the maxima drawn over it.

fn number(bits: i32) -> f32 {
  if IS_FLOAT { return bitcast<f32>(bits); }
  return f32(bits);
}

// Samples [first, last) under a column, at most `count`.
fn span(column: u32, count: u32) -> vec2u {
  let each = (params.right - params.left) / f32(params.width);
  let first = u32((params.left + f32(column) * each) * f32(params.samples));
  let last = max(first + 1u, u32((params.left + f32(column + 1u) * each) * f32(params.samples)));
  return min(vec2u(first, last), vec2u(count));
}

@compute @workgroup_size(64)
fn find(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let column = group_index(group) * 64u + local;
  if column >= params.width { return; }
  let of_x = span(column, params.samples);
  // A maximum stands over the first sample of its window.
  let of_y = span(column, params.windows);
  var range = vec4f(1.0, 0.0, 1.0, 0.0);
  for (var i = of_x.x; i < of_x.y; i++) {
    let v = number(x[i]);
    range.x = select(min(range.x, v), v, i == of_x.x);
    range.y = select(max(range.y, v), v, i == of_x.x);
  }
  for (var i = of_y.x; i < of_y.y; i++) {
    let v = number(y[i]);
    range.z = select(min(range.z, v), v, i == of_y.x);
    range.w = select(max(range.w, v), v, i == of_y.x);
  }
  ranges[column] = range;
}

@compute @workgroup_size(64)
fn paint(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(group) * 64u + local;
  if i >= params.width * params.height { return; }
  let column = i % params.width;
  let range = ranges[column];
  // The value at the middle of this pixel, with a little room above and below; from bottom up.
  let pixel = (params.high - params.low) * 1.1 / f32(params.height);
  let middle = (params.high + params.low) * 0.5;
  let v = middle + (f32(params.height) * 0.5 - f32(i / params.width) - 0.5) * pixel;
  let dark = params.dark == 1u;
  var colour = select(vec3f(0.96, 0.96, 0.95), vec3f(0.11, 0.12, 0.145), dark);
  if range.x <= range.y && v >= range.x - pixel && v <= range.y + pixel {
    colour = select(vec3f(0.62, 0.64, 0.66), vec3f(0.42, 0.45, 0.49), dark);
  }
  if range.z <= range.w && v >= range.z - pixel * params.line && v <= range.w + pixel * params.line {
    colour = select(vec3f(0.0, 0.447, 0.698), vec3f(0.3, 0.68, 0.95), dark);
  }
  pixels[i] = pack4x8unorm(vec4f(colour, 1.0));
}
