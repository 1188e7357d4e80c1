// Blocks of R results of a column.

fn store_block(b: u32, c: u32, block: array<item, R>) {
  for (var r = 0u; r < R; r++) {
    let q = b * R + r;
    if q < params.outputs { emit(q * params.columns + c, block[r]); }
  }
}
