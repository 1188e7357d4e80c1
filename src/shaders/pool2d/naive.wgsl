// Maximum or mean of a window, every element by itself, for any number of channels: four neighbouring elements of y an
// invocation, since halves are not stored one by one.
// x [N, in_h, in_w, C], y [N, out_h, out_w, C].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let element = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  let pixel = element / params.C;
  let channel = element - pixel * params.C;
  let line = pixel / params.out_w;
  let image = line / params.out_h;
  let y0 = vec4i((line - image * params.out_h) * params.stride_h) - i32(params.before_h);
  let x0 = vec4i((pixel - line * params.out_w) * params.stride_w) - i32(params.before_w);
  let last_h = vec4i(i32(params.in_h) - 1);
  let last_w = vec4i(i32(params.in_w) - 1);
  var high = vec4f();
  var total = vec4f();
  for (var ky = 0u; ky < params.taps_h; ky++) {
    let row = y0 + i32(ky);
    var sum = vec4f();
    for (var kx = 0u; kx < params.taps_w; kx++) {
      let column = x0 + i32(kx);
      // A tap outside becomes the window's nearest one inside, which leaves the maximum as it is.
      let near_h = clamp(row, vec4i(), last_h);
      let near_w = clamp(column, vec4i(), last_w);
      let at = ((image * params.in_h + vec4u(near_h)) * params.in_w + vec4u(near_w)) * params.C + channel;
      let x = vec4f(load_x(at.x), load_x(at.y), load_x(at.z), load_x(at.w));
      high = select(max(high, x), x, ky + kx == 0u);
      sum += select(vec4f(), x, (row == near_h) & (column == near_w));
    }
    total += sum;
  }
  let inside_h = min(y0 + i32(params.taps_h), last_h + 1) - max(y0, vec4i());
  let inside_w = min(x0 + i32(params.taps_w), last_w + 1) - max(x0, vec4i());
  let divisor = select(inside_h * inside_w, vec4i(i32(params.taps_h * params.taps_w)), params.whole != 0u);
  if MAX { store_y(quad, high); } else { store_y(quad, total / vec4f(divisor)); }
}
