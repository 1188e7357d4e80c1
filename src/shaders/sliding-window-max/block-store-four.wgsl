// Blocks of R results of four neighbouring columns.

fn store_block(b: u32, c: u32, block: array<item, R>) {
  for (var r = 0u; r < R; r++) {
    let q = b * R + r;
    if q < params.outputs { emit4(q * params.columns + c, block[r]); }
  }
}
