// C of sums [splits, rows, N4] of quads: the shares of k added up, act(alpha.sum + bias) + residual, rows as long as they are.
// Four neighbouring elements of C an invocation; they may lie in two rows or more. What is past the end lies in the
// buffer's padding.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let element = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.rows * params.N - 1u));
  let row = element / params.N;
  let column = element - row * params.N;
  let at = row * params.N4 * 4u + column;
  var sum = vec4f();
  for (var split = 0u; split < params.splits; split++) {
    let share = at + split * params.rows * params.N4 * 4u;
    sum += vec4f(load_sums(share.x), load_sums(share.y), load_sums(share.z), load_sums(share.w));
  }
  var bias = vec4f();
  if params.has_bias != 0u {
    // One for each column; where A and B changed places there is only one.
    let which = min(column, vec4u(params.has_bias - 1u));
    bias = vec4f(load_bias(which.x), load_bias(which.y), load_bias(which.z), load_bias(which.w));
  }
  store_c(params.c_at + quad, with_residual(params.c_at + quad, epilogue(sum, bias)));
}
