// A strip of four neighbouring columns of y, and what becomes of its finished sums.

// Pixel `first` of y and so many after it; `inside` where there is a strip at all.
struct Strip { image: u32, i: u32, j: u32, inside: bool }

fn strip_of(index: u32) -> Strip {
  let own = min(index, params.strips - 1u);
  let line = own / params.runs;
  let image = line / params.to_h;
  return Strip(image, line - image * params.to_h, 4u * (own - line * params.runs), index < params.strips);
}

// Four pixels of a quad of channels after the first convolution.
fn between(s: Strip, columns: Columns, quad: u32) -> mat4x4f {
  var bias = vec4f();
  if params.has_depthwise_bias != 0u { bias = load_depthwise_bias(quad); }
  var t = mat4x4f(bias, bias, bias, bias);
  for (var ky = 0u; ky < SIZE; ky++) {
    let y = i32(s.i * STRIDE + ky) - params.before_h;
    if y >= 0 && y < i32(params.from_h) {
      let line = (s.image * params.from_h + u32(y)) * params.from_w * params.to4;
      t = taken(t, window_of(line + quad, columns), taps_of(quad, ky));
    }
  }
  return mat4x4f(activation_of(params.depthwise_activation, t[0]), activation_of(params.depthwise_activation, t[1]),
    activation_of(params.depthwise_activation, t[2]), activation_of(params.depthwise_activation, t[3]));
}

fn put(s: Strip, quad: u32, sum: mat4x4f) {
  if quad >= params.out4 || !s.inside { return; }
  var bias = vec4f();
  if params.has_bias != 0u { bias = load_bias(quad); }
  let count = params.to_w - s.j;
  let at = ((s.image * params.to_h + s.i) * params.to_w + s.j) * params.out4 + quad;
  put_one(at, sum[0] + bias);
  if count > 1u { put_one(at + params.out4, sum[1] + bias); }
  if count > 2u { put_one(at + 2u * params.out4, sum[2] + bias); }
  if count > 3u { put_one(at + 3u * params.out4, sum[3] + bias); }
}

fn put_one(at: u32, x: vec4f) { store_y(at, with_residual(at, activation_of(params.activation, x))); }

// Four neighbouring quads of channels of y. In a loop, since what follows a sum is long and compiled for every place that
// it is called from.
fn put_four(strip: Strip, quad: u32, s0: mat4x4f, s1: mat4x4f, s2: mat4x4f, s3: mat4x4f) {
  for (var n = 0u; n < 4u; n++) {
    var s = s0;
    if n == 1u { s = s1; }
    if n == 2u { s = s2; }
    if n == 3u { s = s3; }
    put(strip, quad + n, s);
  }
}

// Rows of four channels of x, from one quad of columns.
fn four_weights(i: u32) -> mat4x4f {
  return mat4x4f(load_weights(i), load_weights(i + params.out4), load_weights(i + 2u * params.out4),
    load_weights(i + 3u * params.out4));
}
