// An image gathered from another through a window, as a matrix product that is never laid out: rows are pixels, columns
// channels, and k runs over taps and channels of `source`. An invocation has 4 pixels x 4.QUADS channels in registers and
// takes four k at a time, so that each sum is touched once for four products.
// Forward, pixel j sees source pixels j.stride + tap.dilation - before. TRANSPOSED, it looks for the pixels that it went
// into: only every stride-th tap meets one, which ones depends on the pixel's phase modulo the stride, so the pixels of a
// phase are computed together, and within it the window is dense again.
// source [images, from_h, from_w, from_c], weights [groups, taps, c_from, to_row] of quads; where not ALIGNED, channels
// of `source` come one by one.

// `mine`: the row of four that this lane of a quad loads.
fn gather(index: u32, lane: u32, mine: u32) {
  let tile = tile_of(index);
  let down = tile.down;
  let across = tile.across;
  let which = tile.which;
  let quad = tile.n * QUADS;
  let p = pixels_of(tile, (tile.m * WG + lane) * 4u + vec4u(0u, 1u, 2u, 3u));
  let y0 = vec4i(p.i * params.move_h) + down.origin;
  let x0 = vec4i(p.j * params.move_w) + across.origin;

  var s0 = mat4x4f(); var s1 = mat4x4f(); var s2 = mat4x4f(); var s3 = mat4x4f();
  for (var ty = 0u; ty < down.count; ty++) {
    let y = y0 + i32(ty) * params.step_h;
    let seen_y = inside(y, params.from_h);
    let above = (p.image * params.from_h + vec4u(y)) * params.from_w;
    for (var tx = 0u; tx < across.count; tx++) {
      let x = x0 + i32(tx) * params.step_w;
      let seen = seen_y & inside(x, params.from_w);
      let a = select(vec4u(), above + vec4u(x), seen) * params.from_c + which * params.c_from;
      let tap = (down.first + ty * params.every_h) * params.taps_w + across.first + tx * params.every_w;
      var b = (which * params.taps + tap) * params.k_tap * params.to_row + quad;
      for (var c = 0u; c < params.c_from; c++) {
        let v = a + c;
        let q = mat4x4f(source_at(v.x), source_at(v.y), source_at(v.z), source_at(v.w));
        if ALIGNED {
          let r = mat4x4f(select(vec4f(), q[0], seen.x), select(vec4f(), q[1], seen.y),
            select(vec4f(), q[2], seen.z), select(vec4f(), q[3], seen.w));
          s0 += four_weights(b, params.to_row, mine) * r;
          if QUADS > 1u { s1 += four_weights(b + 1u, params.to_row, mine) * r; }
          if QUADS > 2u {
            s2 += four_weights(b + 2u, params.to_row, mine) * r;
            s3 += four_weights(b + 3u, params.to_row, mine) * r;
          }
          b += 4u * params.to_row;
        } else {
          let r = select(vec4f(), vec4f(q[0].x, q[1].x, q[2].x, q[3].x), seen);
          let w = four_weights(b, 1u, mine);
          s0 = add_outer(s0, r, w[0]);
          if QUADS > 1u { s1 = add_outer(s1, r, w[1]); }
          if QUADS > 2u { s2 = add_outer(s2, r, w[2]); s3 = add_outer(s3, r, w[3]); }
          b += params.to_row;
        }
      }
    }
  }
  put(tile, p, quad, s0);
  if QUADS > 1u { put(tile, p, quad + 1u, s1); }
  if QUADS > 2u { put(tile, p, quad + 2u, s2); put(tile, p, quad + 3u, s3); }
}

fn add_outer(s: mat4x4f, pixels: vec4f, w: vec4f) -> mat4x4f {
  return mat4x4f(fma(vec4f(pixels.x), w, s[0]), fma(vec4f(pixels.y), w, s[1]),
    fma(vec4f(pixels.z), w, s[2]), fma(vec4f(pixels.w), w, s[3]));
}
