// dweight[v] = the sum of dy over the places of word v, in their order: four neighbouring elements an invocation, maybe
// of several words. dy [rows, width], dweight [vocab, width].

fn element(i: u32) -> f32 {
  let own = span[min(i / params.width, params.vocab - 1u)];
  let c = i % params.width;
  var sum = 0.0;
  // Stretches, so that rounding grows with the number of them.
  for (var start = 0u; start < own.y; start += 32u) {
    var stretch = 0.0;
    for (var k = start; k < min(own.y, start + 32u); k++) { stretch += load_dy(order[own.x + k] * params.width + c); }
    sum += stretch;
  }
  return sum;
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let i = quad * 4u;
  store_dweight(quad, vec4f(element(i), element(i + 1u), element(i + 2u), element(i + 3u)));
}
