// Blocks of R samples of a column: neighbouring invocations take neighbouring columns, `item` one or four of them.

fn load_block(b: u32, c: u32) -> array<item, R> {
  var block: array<item, R>;
  for (var r = 0u; r < R; r++) {
    let bits = source[min((b * R + r) * params.columns + c, params.items - 1u)];
    block[r] = select(bits, item_ordered(bits), FROM_FLOAT);
  }
  return block;
}
