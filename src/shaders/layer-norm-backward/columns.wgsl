// Sums of dy.xhat and dy over the rows of one part, for four neighbouring columns: what gamma's and beta's gradients are
// made of. Fixed parts joined in order instead of atomics: the same numbers every time.
// partial [parts, quads, 2]: four sums for gamma, then four for beta.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let place = group_index(group) * 64u + local;
  if place >= params.parts * params.quads { return; }
  let c = min(vec4u(place % params.quads * 4u) + vec4u(0u, 1u, 2u, 3u), vec4u(params.width - 1u));
  let first = place / params.quads * params.chunk;
  var scale_sum = vec4f();
  var shift_sum = vec4f();
  for (var row = first; row < min(params.rows, first + params.chunk); row++) {
    let i = row * params.width + c;
    let own = load_stats(row);
    let dy4 = four_dy(i);
    scale_sum += dy4 * (four_x(i) - own.x) * own.y;
    shift_sum += dy4;
  }
  store_partial(2u * place, scale_sum);
  store_partial(2u * place + 1u, shift_sum);
}
