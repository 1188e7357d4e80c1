// v[t] <- v[t + by] for by < 16, by the bits of `by`: no index that the compiler does not know, so v stays in
// registers, and one pipeline serves every window. The last `by` items are left as they fall.

fn barrel(given: array<item, 2u * R>, by: u32) -> array<item, 2u * R> {
  var v = given;
  if (by & 1u) != 0u { for (var t = 0u; t + 1u < 2u * R; t++) { v[t] = v[t + 1u]; } }
  if (by & 2u) != 0u { for (var t = 0u; t + 2u < 2u * R; t++) { v[t] = v[t + 2u]; } }
  if (by & 4u) != 0u { for (var t = 0u; t + 4u < 2u * R; t++) { v[t] = v[t + 4u]; } }
  if (by & 8u) != 0u { for (var t = 0u; t + 8u < 2u * R; t++) { v[t] = v[t + 8u]; } }
  return v;
}

fn load_two(b: u32, c: u32) -> array<item, 2u * R> {
  let here = load_block(b, c);
  let next = load_block(b + 1u, c);
  var v: array<item, 2u * R>;
  for (var r = 0u; r < R; r++) {
    v[r] = here[r];
    v[R + r] = next[r];
  }
  return v;
}
