// A block of C, four rows from `row` and columns from 4.quad, as far as they are inside; rows of C are whole quads.

fn put_rows(tile: Tile, row: u32, quad: u32, sum: mat4x4f) {
  if quad >= params.N4 { return; }
  var bias = vec4f();
  if HAS_BIAS { bias = load_bias(quad); }
  let at = params.c_at + (tile.batch * params.M + row) * params.N4 + quad;
  put(at, params.alpha * sum[0] + bias, row < params.M);
  put(at + params.N4, params.alpha * sum[1] + bias, row + 1u < params.M);
  put(at + 2u * params.N4, params.alpha * sum[2] + bias, row + 2u < params.M);
  put(at + 3u * params.N4, params.alpha * sum[3] + bias, row + 3u < params.M);
}

fn put_row(tile: Tile, row: u32, quad: u32, sum: vec4f) {
  if row >= params.M || quad >= params.N4 { return; }
  var bias = vec4f();
  if HAS_BIAS { bias = load_bias(quad); }
  put(params.c_at + (tile.batch * params.M + row) * params.N4 + quad, params.alpha * sum + bias, true);
}

fn put(at: u32, x: vec4f, inside: bool) {
  if !inside { return; }
  if ACTIVATES { store_c(at, with_residual(at, activated(x))); } else { store_c(at, with_residual(at, x)); }
}
