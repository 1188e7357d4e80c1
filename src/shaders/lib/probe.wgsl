// Hutchinson's probe of a point, v = (+-1, +-1), by the point's number: the signs are the first bits of the first two words
// of its Philox block. Only the product of the entries enters v'Jv of a symmetric J.
fn probe(walker: u32, seed: u32, stream: u32) -> reals {
  let bits = philox_of(places(walker), seed, stream);
  return 1.0 - 2.0 * reals((bits.first ^ bits.second) >> words(31u));
}
