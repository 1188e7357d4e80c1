// act(sum + bias) + residual where the channels of a group are whole quads.

fn put_quad(at: u32, which: u32, quad: u32, sum: vec4f) {
  var y = sum;
  if HAS_BIAS { y += load_bias(which * params.to4 + quad); }
  if ACTIVATES { y = activated(y); }
  store_result(at, with_residual(at, y));
}
