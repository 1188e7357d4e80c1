// Sums of x.dy over the pixels of one part: a matrix product whose rows are (tap, input channel), whose columns are output
// channels and whose k runs over the pixels of dy, never laid out. An invocation has 4 rows x 4.QUADS columns in registers
// and takes four pixels of a line at a time, so that each sum is touched once for four products. Where ALIGNED, its four
// rows are channels of one tap, loaded as a quad of x; else they are any four rows, tap by tap.
// x [images, in_h, in_w, C], dy [images, out_h, out_w, Cout] -> parts [parts, groups, rows, to_row] of quads.

fn correlate(index: u32, lane: u32, mine: u32) {
  let tiles = params.tiles_m * params.tiles_n;
  let plane = index / tiles;
  let tile = index - plane * tiles;
  let tile_m = tile / params.tiles_n;
  let across = lane / LANES;
  let quad = ((tile - tile_m * params.tiles_n) * (WG / LANES) + across) * QUADS;
  let part = plane / params.groups;
  let which = plane - part * params.groups;
  let own = tile_m * LANES + lane - across * LANES;
  let row = min(4u * own + vec4u(0u, 1u, 2u, 3u), vec4u(params.rows - 1u));
  let tap = row / params.c_in;
  let channel = which * params.c_in + row - tap * params.c_in;
  let ky = tap / params.taps_w;
  let tap_y = vec4i(ky * params.dilation_h) - i32(params.before_h);
  let tap_x = vec4i((tap - ky * params.taps_w) * params.dilation_w) - i32(params.before_w);
  let columns = min(quad + vec4u(0u, 1u, 2u, 3u), vec4u(params.to4 - 1u));

  var s0 = mat4x4f(); var s1 = mat4x4f(); var s2 = mat4x4f(); var s3 = mat4x4f();
  let first = part * params.chunk;
  let last = min(first + params.chunk, params.lines);
  for (var line = first; line < last; line++) {
    let image = line / params.out_h;
    let y = vec4i(i32((line - image * params.out_h) * params.stride_h)) + tap_y;
    let seen_y = inside(y, params.in_h);
    let above = (image * params.in_h + vec4u(y)) * params.in_w;
    for (var j = 0u; j < params.out_w; j += 4u) {
      let pixel = vec4u(j) + vec4u(0u, 1u, 2u, 3u);
      let at = vec4i(pixel * params.stride_w);
      // Column i: row i at four pixels.
      var a: mat4x4f;
      if ALIGNED {
        let x = at + tap_x.x;
        let seen = vec4<bool>(seen_y.x) & inside(x, params.in_w);
        let i = (select(vec4u(), above.x + vec4u(x), seen) * params.C + channel.x) / 4u;
        a = transpose(mat4x4f(select(vec4f(), source_at(i.x), seen.x), select(vec4f(), source_at(i.y), seen.y),
          select(vec4f(), source_at(i.z), seen.z), select(vec4f(), source_at(i.w), seen.w)));
      } else {
        a = mat4x4f(row_of(at + tap_x.x, seen_y.x, above.x, channel.x), row_of(at + tap_x.y, seen_y.y, above.y, channel.y),
          row_of(at + tap_x.z, seen_y.z, above.z, channel.z), row_of(at + tap_x.w, seen_y.w, above.w, channel.w));
      }
      let p = line * params.out_w + j;
      s0 += four_pixels(p, j, which, columns.x, mine) * a;
      if QUADS > 1u { s1 += four_pixels(p, j, which, columns.y, mine) * a; }
      if QUADS > 2u {
        s2 += four_pixels(p, j, which, columns.z, mine) * a;
        s3 += four_pixels(p, j, which, columns.w, mine) * a;
      }
    }
  }
  if quad >= params.to_row { return; }
  let to = ((part * params.groups + which) * params.rows + 4u * own) * params.to_row + quad;
  put(to, 4u * own, s0);
  if QUADS > 1u { put(to + 1u, 4u * own, s1); }
  if QUADS > 2u { put(to + 2u, 4u * own, s2); put(to + 3u, 4u * own, s3); }
}

fn put(to: u32, row: u32, s: mat4x4f) {
  if row < params.rows { store_parts(to, s[0]); }
  if row + 1u < params.rows { store_parts(to + params.to_row, s[1]); }
  if row + 2u < params.rows { store_parts(to + 2u * params.to_row, s[2]); }
  if row + 3u < params.rows { store_parts(to + 3u * params.to_row, s[3]); }
}

fn inside(at: vec4i, size: u32) -> vec4<bool> { return (at >= vec4i()) & (at < vec4i(i32(size))); }

fn row_of(x: vec4i, seen_y: bool, above: u32, channel: u32) -> vec4f {
  let seen = vec4<bool>(seen_y) & inside(x, params.in_w);
  let i = select(vec4u(), above + vec4u(x), seen) * params.C + channel;
  return select(vec4f(), vec4f(source_at(i.x).x, source_at(i.y).x, source_at(i.z).x, source_at(i.w).x), seen);
}

// Four channels of pixel p of dy, the j-th of its line; zeros past the line's end.
fn pixel_of(p: u32, j: u32, which: u32, column: u32) -> vec4f {
  let there = j < params.out_w;
  return select(vec4f(), dy_at(select(0u, p, there), which, column), there);
}
