// Blocks of R samples of one sequence, read four at a time. Reads past the end give whatever stands there: no window
// of a result reaches it.

alias item = i32;

fn load_block(b: u32, _c: u32) -> array<item, R> {
  var block: array<item, R>;
  for (var j = 0u; j < R / 4u; j++) {
    let bits = source[min(b * (R / 4u) + j, params.items - 1u)];
    let four = select(bits, ordered4(bits), FROM_FLOAT);
    block[4u * j] = four.x;
    block[4u * j + 1u] = four.y;
    block[4u * j + 2u] = four.z;
    block[4u * j + 3u] = four.w;
  }
  return block;
}
