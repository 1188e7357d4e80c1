// Sums of squares of unscaled gradients, and how many are not finite: each invocation takes every parts-th quad.
// Finiteness is read from the bits (exponent all ones), as arithmetic may assume that there is no infinity.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let part = group_index(group) * 64u + local;
  if part >= params.parts { return; }
  let inverse = 1.0 / load_control(SCALE);
  var squares = vec4f();
  var wrong = vec4u();
  for (var quad = part; quad < params.quads; quad += params.parts) {
    let i = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
    let bits = select(vec4u(), bits4(quad), i < vec4u(params.size));
    let finite = (bits & vec4u(0x7f800000u)) != vec4u(0x7f800000u);
    let g = bitcast<vec4f>(select(vec4u(), bits, finite)) * inverse;
    squares += g * g;
    wrong += select(vec4u(1u), vec4u(), finite);
  }
  store_partial(part, vec2f(dot(squares, vec4f(1.0)), f32(dot(wrong, vec4u(1u)))));
}
