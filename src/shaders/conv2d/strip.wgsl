// Every channel by itself: a quad of channels and four neighbouring columns of y an invocation, which walks down its rows.
// Weights stay in registers, and so do the sums of the rows that a line of the source goes into: each quad of the source
// is loaded once for all of them. Each step takes STRIDE lines and ends one row. `window` has what is unrolled by the
// size of the window, SIZE x SIZE with SIZE 3 or 5.
// source [images, from_h, from_w, to4], result [images, to_h, to_w, to4] of quads.

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let index = group_index(group) * WG + local;
  if index >= params.total { return; }
  let run = index / params.to4;
  let quad = index - run * params.to4;
  let segment = run / params.runs;
  let image = segment / params.segments;
  let first = (segment - image * params.segments) * params.rows;
  let end = min(first + params.rows, params.to_h);
  let j = (run - segment * params.runs) * 4u;
  let columns = columns_of(i32(j * STRIDE) - params.before_w, quad);
  let above = image * params.from_h;

  let w0 = taps_of(quad, 0u); let w1 = taps_of(quad, 1u); let w2 = taps_of(quad, 2u);
  var w3 = w0; var w4 = w0;
  if SIZE > 3u { w3 = taps_of(quad, 3u); w4 = taps_of(quad, 4u); }
  var bias = vec4f();
  if HAS_BIAS { bias = load_bias(quad); }
  let start = mat4x4f(bias, bias, bias, bias);
  // The sums of row i, of the one before it and so on: the last one is finished first.
  var s0 = start; var s1 = start; var s2 = start; var s3 = start; var s4 = start;
  let waiting = (SIZE - 1u) / STRIDE;
  for (var i = first; i < end + waiting; i++) {
    let y = i32(i * STRIDE) - params.before_h;
    if y >= 0 && y < i32(params.from_h) {
      let x = window_of((above + u32(y)) * params.from_w * params.to4, columns);
      s0 = taken(s0, x, w0);
      if STRIDE == 1u {
        s1 = taken(s1, x, w1); s2 = taken(s2, x, w2);
        if SIZE > 3u { s3 = taken(s3, x, w3); s4 = taken(s4, x, w4); }
      } else {
        s1 = taken(s1, x, w2);
        if SIZE > 3u { s2 = taken(s2, x, w4); }
      }
    }
    if STRIDE == 2u && y >= -1 && y + 1 < i32(params.from_h) {
      let x = window_of((above + u32(y + 1)) * params.from_w * params.to4, columns);
      s0 = taken(s0, x, w1);
      if SIZE > 3u { s1 = taken(s1, x, w3); }
    }
    var done = s1;
    if waiting == 2u { done = s2; }
    if waiting == 4u { done = s4; }
    if i >= first + waiting {
      put_row(((image * params.to_h + i - waiting) * params.to_w + j) * params.to4 + quad, params.to_w - j, done);
    }
    if waiting > 2u { s4 = s3; s3 = s2; }
    s2 = s1; s1 = s0; s0 = start;
  }
}

// As many of four columns as there are.
fn put_row(at: u32, count: u32, s: mat4x4f) {
  put(at, s[0]);
  if count > 1u { put(at + params.to4, s[1]); }
  if count > 2u { put(at + 2u * params.to4, s[2]); }
  if count > 3u { put(at + 3u * params.to4, s[3]); }
}

fn put(at: u32, sum: vec4f) {
  var y = sum;
  if ACTIVATES { y = activated(y); }
  store_result(at, with_residual(at, y));
}
