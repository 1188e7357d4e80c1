// Operands of any broadcasting: y [n0, n1, n2, n3], each operand with a stride for each axis, 0 where it repeats.

fn places(quad: u32, strides: vec4u) -> vec4u {
  let i = min(vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  let j = i / params.n3;
  let k = j / params.n2;
  return (k / params.n1) * strides.x + (k % params.n1) * strides.y + (j % params.n2) * strides.z
    + (i % params.n3) * strides.w;
}

fn quad_a(quad: u32) -> vec4f {
  let i = places(quad, vec4u(params.a0, params.a1, params.a2, params.a3));
  return vec4f(load_a(i.x), load_a(i.y), load_a(i.z), load_a(i.w));
}

fn quad_b(quad: u32) -> vec4f {
  let i = places(quad, vec4u(params.b0, params.b1, params.b2, params.b3));
  return vec4f(load_b(i.x), load_b(i.y), load_b(i.z), load_b(i.w));
}
