// y = (x - mean).r.gamma + beta, the four numbers of a channel kept over the pixels of a part.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let place = group_index(group) * 64u + local;
  if place >= params.places { return; }
  let walk = walk_of(place);
  let own = own_of(walk);
  let slope = own.r * load_gamma(walk.quad);
  let shift = load_beta(walk.quad);
  for (var pixel = walk.first; pixel < walk.end; pixel++) {
    let i = at(walk, pixel);
    store_y(i, (load_x(i) - own.mean) * slope + shift);
  }
}
