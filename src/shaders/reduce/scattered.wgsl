// Four rows, or columns of a number that four does not divide: four loads.
fn element(at: vec4u, k: vec4u) -> vec4f {
  let i = at + k * params.inner;
  return vec4f(load_x(i.x), load_x(i.y), load_x(i.z), load_x(i.w));
}
