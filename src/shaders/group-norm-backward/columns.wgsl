// Sums of dy.xhat and dy over the pixels of one part, for four neighbouring channels: what gamma's and beta's gradients
// are made of. Fixed parts joined in order instead of atomics: the same numbers every time.
// partial [parts, column_quads, 2]: four sums for gamma, then four for beta.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let place = group_index(group) * 64u + local;
  if place >= params.parts * params.column_quads { return; }
  let c = min(vec4u(place % params.column_quads * 4u) + vec4u(0u, 1u, 2u, 3u), vec4u(channels() - 1u));
  let first = place / params.column_quads * params.chunk;
  var scale_sum = vec4f();
  var shift_sum = vec4f();
  for (var pixel = first; pixel < min(params.all_pixels, first + params.chunk); pixel++) {
    let i = pixel * channels() + c;
    let own = own_of(i);
    let dy = four_dy(i);
    scale_sum += dy * (four_x(i) - own.mean) * own.r;
    shift_sum += dy;
  }
  store_partial(2u * place, scale_sum);
  store_partial(2u * place + 1u, shift_sum);
}
