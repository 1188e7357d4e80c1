// db = sum of dy over all pixels, four neighbouring channels an invocation: first of parts of `chunk` lines of dy each,
// then of the parts, in order instead of by atomics, so that the numbers are the same every time.
// dy [lines, width, channels] -> db [parts, channels].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let place = group_index(group) * 64u + local;
  if place >= params.quads { return; }
  let element = min(vec4u(4u * place) + vec4u(0u, 1u, 2u, 3u), vec4u(params.parts * params.channels - 1u));
  let part = element / params.channels;
  let channel = element - part * params.channels;
  let first = part * params.chunk;
  let end = min(first + params.chunk, vec4u(params.lines));
  var total = vec4f();
  for (var line = 0u; line < params.chunk; line++) {
    let inside = first + line < end;
    let at = select(vec4u(), first + line, inside) * params.width * params.channels + channel;
    var sum = vec4f();
    for (var i = 0u; i < params.width; i++) {
      let j = at + i * params.channels;
      sum += vec4f(load_dy(j.x), load_dy(j.y), load_dy(j.z), load_dy(j.w));
    }
    total += select(vec4f(), sum, inside);
  }
  store_db(place, total);
}
