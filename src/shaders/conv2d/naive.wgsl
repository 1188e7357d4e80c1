// y = act(w * x + bias) + residual, every element by itself, for any groups: what the other variants are held against.
// Four neighbouring elements of y an invocation, since halves are not stored one by one.
// x [N, in_h, in_w, C], w [Cout, c_in, taps_h, taps_w], y [N, out_h, out_w, Cout].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let element = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  let pixel = element / params.Cout;
  let channel = element - pixel * params.Cout;
  let line = pixel / params.out_w;
  let image = line / params.out_h;
  let y0 = vec4i((line - image * params.out_h) * params.stride_h) - i32(params.before_h);
  let x0 = vec4i((pixel - line * params.out_w) * params.stride_w) - i32(params.before_w);
  let first = channel / params.c_out * params.c_in;
  let taps = params.taps_h * params.taps_w;
  var total = vec4f();
  for (var ky = 0u; ky < params.taps_h; ky++) {
    let row = y0 + i32(ky * params.dilation_h);
    for (var kx = 0u; kx < params.taps_w; kx++) {
      let column = x0 + i32(kx * params.dilation_w);
      let inside = (row >= vec4i()) & (row < vec4i(i32(params.in_h)))
        & (column >= vec4i()) & (column < vec4i(i32(params.in_w)));
      let source = (image * params.in_h + vec4u(row)) * params.in_w + vec4u(column);
      let i = select(vec4u(), source, inside) * params.C + first;
      let j = channel * params.c_in * taps + ky * params.taps_w + kx;
      var sum = vec4f();
      for (var c = 0u; c < params.c_in; c++) {
        let a = i + c;
        let b = j + c * taps;
        sum += vec4f(load_x(a.x), load_x(a.y), load_x(a.z), load_x(a.w))
          * vec4f(load_w(b.x), load_w(b.y), load_w(b.z), load_w(b.w));
      }
      total += select(vec4f(), sum, inside);
    }
  }
  if params.has_bias != 0u {
    total += vec4f(load_bias(channel.x), load_bias(channel.y), load_bias(channel.z), load_bias(channel.w));
  }
  store_y(quad, with_residual(quad, activated(total)));
}
