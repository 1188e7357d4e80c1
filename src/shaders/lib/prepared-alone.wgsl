// What is prepared of one component, by three loads.
fn three_prepared(i: u32, mine: u32) -> mat3x4f {
  return mat3x4f(load_prepared(i), load_prepared(i + 1u), load_prepared(i + 2u));
}
