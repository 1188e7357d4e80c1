// dweight[v] = the sum of dy over the places of word v, in their order: four neighbouring columns of one word an
// invocation. dy [rows, width], dweight [vocab, width], width a multiple of four.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let width = params.width / 4u;
  let own = span[quad / width];
  let c = quad % width;
  var sum = vec4f();
  // Stretches, so that rounding grows with the number of them.
  for (var start = 0u; start < own.y; start += 32u) {
    var stretch = vec4f();
    for (var k = start; k < min(own.y, start + 32u); k++) { stretch += load_dy(order[own.x + k] * width + c); }
    sum += stretch;
  }
  store_dweight(quad, sum);
}
