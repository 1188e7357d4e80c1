// dw = sum of x.dy over all pixels of dy: every weight by itself, line by line of dy, so that rounding grows with the
// lines and not with the pixels. Four neighbouring weights an invocation.
// x [N, in_h, in_w, C], dy [N, out_h, out_w, Cout], dw [Cout, c_in, taps_h, taps_w].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let element = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  let kernel_row = element / params.taps_w;
  let pair = kernel_row / params.taps_h;
  let out = pair / params.c_in;
  let channel = out / params.c_out * params.c_in + pair - out * params.c_in;
  let tap_x = vec4i((element - kernel_row * params.taps_w) * params.dilation_w) - i32(params.before_w);
  let tap_y = vec4i((kernel_row - pair * params.taps_h) * params.dilation_h) - i32(params.before_h);
  var total = vec4f();
  for (var line = 0u; line < params.images * params.out_h; line++) {
    let image = line / params.out_h;
    let row = tap_y + i32((line - image * params.out_h) * params.stride_h);
    let inside_y = (row >= vec4i()) & (row < vec4i(i32(params.in_h)));
    let above = select(vec4u(), image * params.in_h + vec4u(row), inside_y) * params.in_w;
    var sum = vec4f();
    for (var i = 0u; i < params.out_w; i++) {
      let column = tap_x + i32(i * params.stride_w);
      let inside = inside_y & (column >= vec4i()) & (column < vec4i(i32(params.in_w)));
      let a = (above + select(vec4u(), vec4u(column), inside)) * params.C + channel;
      let b = (line * params.out_w + i) * params.Cout + out;
      let product = vec4f(load_x(a.x), load_x(a.y), load_x(a.z), load_x(a.w))
        * vec4f(load_dy(b.x), load_dy(b.y), load_dy(b.z), load_dy(b.w));
      sum += select(vec4f(), product, inside);
    }
    total += sum;
  }
  store_dw(quad, total);
}
