// Both convolutions in registers: an invocation has four neighbouring columns of y and sixteen of its channels, and for
// every quad of channels of x takes what the first convolution makes of it straight into its sums. What lies between is
// computed anew for every sixteen channels of y, and never stored.

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let index = group_index(group) * WG + local;
  let tile = index / params.strips;
  if tile >= params.tiles { return; }
  let strip = strip_of(index - tile * params.strips);
  let columns = columns_of(i32(strip.j * STRIDE) - params.before_w, 0u);
  let quad = 4u * tile;
  let last = params.out4 - 1u;
  let q = min(vec4u(quad) + vec4u(0u, 1u, 2u, 3u), vec4u(last));
  var s0 = mat4x4f(); var s1 = mat4x4f(); var s2 = mat4x4f(); var s3 = mat4x4f();
  for (var c = 0u; c < params.to4; c++) {
    let t = between(strip, columns, c);
    let row = 4u * c * params.out4;
    s0 += four_weights(row + q.x) * t; s1 += four_weights(row + q.y) * t;
    s2 += four_weights(row + q.z) * t; s3 += four_weights(row + q.w) * t;
  }
  put_four(strip, quad, s0, s1, s2, s3);
}
