// dx = w^T * dy: every element by itself looks for the pixels of dy that it went into, for any groups.
// Four neighbouring elements of dx an invocation. dy [N, out_h, out_w, Cout], w [Cout, c_in, taps_h, taps_w],
// dx [N, in_h, in_w, C].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let element = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  let pixel = element / params.C;
  let channel = element - pixel * params.C;
  let line = pixel / params.in_w;
  let image = line / params.in_h;
  let row = line - image * params.in_h + params.before_h;
  let column = pixel - line * params.in_w + params.before_w;
  let which = channel / params.c_in;
  let taps = params.taps_h * params.taps_w;
  let own = (which * params.c_out * params.c_in + channel - which * params.c_in) * taps;
  var total = vec4f();
  for (var ky = 0u; ky < params.taps_h; ky++) {
    let back_y = ky * params.dilation_h;
    let y = (row - back_y) / params.stride_h;
    let inside_y = (row >= vec4u(back_y)) & (y * params.stride_h == row - back_y) & (y < vec4u(params.out_h));
    for (var kx = 0u; kx < params.taps_w; kx++) {
      let back_x = kx * params.dilation_w;
      let x = (column - back_x) / params.stride_w;
      let inside = inside_y & (column >= vec4u(back_x)) & (x * params.stride_w == column - back_x)
        & (x < vec4u(params.out_w));
      let source = (image * params.out_h + y) * params.out_w + x;
      let i = select(vec4u(), source, inside) * params.Cout + which * params.c_out;
      let j = own + ky * params.taps_w + kx;
      var sum = vec4f();
      for (var o = 0u; o < params.c_out; o++) {
        let a = i + o;
        let b = j + o * params.c_in * taps;
        sum += vec4f(load_dy(a.x), load_dy(a.y), load_dy(a.z), load_dy(a.w))
          * vec4f(load_w(b.x), load_w(b.y), load_w(b.z), load_w(b.w));
      }
      total += select(vec4f(), sum, inside);
    }
  }
  store_dx(quad, total);
}
