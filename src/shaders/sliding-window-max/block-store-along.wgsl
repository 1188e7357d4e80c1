// Blocks of R results of one sequence, stored four at a time.

fn store_block(b: u32, _c: u32, block: array<item, R>) {
  for (var j = 0u; j < R / 4u; j++) {
    let i4 = b * (R / 4u) + j;
    let four = vec4i(block[4u * j], block[4u * j + 1u], block[4u * j + 2u], block[4u * j + 3u]);
    if i4 * 4u < params.outputs { emit4(i4, four); }
  }
}
