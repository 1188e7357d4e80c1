// Where the planes of A and B of one matrix of the batch begin. Leading axes are merged to four, axis 0 outermost; along
// one that an operand does not have its stride is 0. In elements or quads, as the pass counts. `a_at` and `b_at` take
// out where the bindings begin, modulo 2^32.

fn a_plane(batch: u32) -> u32 {
  return params.a_at + plane_of(params.batch0 + batch, vec4u(params.a0, params.a1, params.a2, params.a3));
}

fn b_plane(batch: u32) -> u32 {
  return params.b_at + plane_of(params.batch0 + batch, vec4u(params.b0, params.b1, params.b2, params.b3));
}

fn plane_of(batch: u32, stride: vec4u) -> u32 {
  let r2 = batch / params.n3;
  let r1 = r2 / params.n2;
  let r0 = r1 / params.n1;
  return r0 * stride.x + (r1 - r0 * params.n1) * stride.y + (r2 - r1 * params.n2) * stride.z
    + (batch - r2 * params.n3) * stride.w;
}
