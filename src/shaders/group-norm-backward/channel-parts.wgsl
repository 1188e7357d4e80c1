// Sums of dy.xhat and dy over the pixels of one part, for four channels. partial [images, parts, column_quads, 2].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let place = group_index(group) * 64u + local;
  if place >= params.places { return; }
  let walk = walk_of(place);
  let own = own_of(walk);
  var slopes = vec4f();
  var shifts = vec4f();
  for (var pixel = walk.first; pixel < walk.end; pixel++) {
    let i = at(walk, pixel);
    let dy = load_dy(i);
    slopes += dy * (load_x(i) - own.mean);
    shifts += dy;
  }
  store_partial(2u * place, slopes * own.r);
  store_partial(2u * place + 1u, shifts);
}
