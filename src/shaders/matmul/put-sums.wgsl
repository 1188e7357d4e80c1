// Sums over one share of k for a block of C, four rows from `row` and columns from 4.quad, as far as they are inside;
// finish.wgsl makes C of them. sums [splits, batches, M, N4] of quads.

fn put_rows(tile: Tile, row: u32, quad: u32, sum: mat4x4f) {
  if quad >= params.N4 { return; }
  let at = ((tile.split * params.batches + tile.batch) * params.M + row) * params.N4 + quad;
  put(at, sum[0], row < params.M);
  put(at + params.N4, sum[1], row + 1u < params.M);
  put(at + 2u * params.N4, sum[2], row + 2u < params.M);
  put(at + 3u * params.N4, sum[3], row + 3u < params.M);
}

fn put_row(tile: Tile, row: u32, quad: u32, sum: vec4f) {
  if row >= params.M || quad >= params.N4 { return; }
  put(((tile.split * params.batches + tile.batch) * params.M + row) * params.N4 + quad, sum, true);
}

fn put(at: u32, sum: vec4f, inside: bool) {
  if inside { store_sums(at, sum); }
}
