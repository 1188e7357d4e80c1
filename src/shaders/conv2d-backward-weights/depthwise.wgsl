// dw = sum of x.dy over the pixels of dy where every channel is convolved by itself: one tap for four neighbouring
// channels, over a part of the lines of dy. parts [parts, taps, column_quads].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let place = group_index(group) * 64u + local;
  if place >= params.places { return; }
  let quad = place % params.column_quads;
  let tap = place / params.column_quads % params.taps;
  let first = place / (params.column_quads * params.taps) * params.chunk;
  let tap_y = i32(tap / params.taps_w * params.dilation_h) - i32(params.before_h);
  let tap_x = i32(tap % params.taps_w * params.dilation_w) - i32(params.before_w);
  var total = vec4f();
  for (var line = first; line < min(first + params.chunk, params.lines); line++) {
    let image = line / params.out_h;
    let row = tap_y + i32((line - image * params.out_h) * params.stride_h);
    if row < 0 || row >= i32(params.in_h) { continue; }
    let above = (image * params.in_h + u32(row)) * params.in_w;
    var sum = vec4f();
    for (var i = 0u; i < params.out_w; i++) {
      let column = tap_x + i32(i * params.stride_w);
      let inside = column >= 0 && column < i32(params.in_w);
      let a = (above + select(0u, u32(column), inside)) * params.column_quads + quad;
      let product = load_x(a) * load_dy((line * params.out_w + i) * params.column_quads + quad);
      sum += select(vec4f(), product, inside);
    }
    total += sum;
  }
  store_parts(place, total);
}
