// Maximum or mean of a window, a quad of channels of one pixel of y an invocation; neighbouring invocations have
// neighbouring channels. Sums go line by line, so that rounding grows with lines + columns and not with their product.
// x [N, in_h, in_w, c4] and y [N, out_h, out_w, c4] of quads.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let index = group_index(group) * 64u + local;
  if index >= params.total { return; }
  let pixel = index / params.c4;
  let quad = index - pixel * params.c4;
  let line = pixel / params.out_w;
  let image = line / params.out_h;
  let i = line - image * params.out_h;
  let j = pixel - line * params.out_w;
  // The window's pixels inside the image, of which there is always one.
  let top = max(i * params.stride_h, params.before_h) - params.before_h;
  let bottom = min(i * params.stride_h + params.taps_h - params.before_h, params.in_h);
  let left = max(j * params.stride_w, params.before_w) - params.before_w;
  let right = min(j * params.stride_w + params.taps_w - params.before_w, params.in_w);
  let first = (image * params.in_h * params.in_w) * params.c4 + quad;
  var y = vec4f();
  if MAX { y = load_x(first + (top * params.in_w + left) * params.c4); }
  for (var row = top; row < bottom; row++) {
    var sum = vec4f();
    for (var column = left; column < right; column++) {
      let x = load_x(first + (row * params.in_w + column) * params.c4);
      if MAX { y = max(y, x); } else { sum += x; }
    }
    if !MAX { y += sum; }
  }
  if !MAX { y /= f32(select((bottom - top) * (right - left), params.taps_h * params.taps_w, params.whole != 0u)); }
  store_y(index, y);
}
