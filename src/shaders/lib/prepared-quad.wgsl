// What is prepared of one component, passed around quads: each lane loads one part and takes the others from its neighbours.
fn three_prepared(i: u32, mine: u32) -> mat3x4f {
  let part = load_prepared(i + min(mine, 2u));
  return mat3x4f(quadBroadcast(part, 0u), quadBroadcast(part, 1u), quadBroadcast(part, 2u));
}
