// dx = r.gamma.(dy - mean(dy) - xhat.mean(dy.xhat)), a channel's numbers kept over the pixels of a part.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let place = group_index(group) * 64u + local;
  if place >= params.places { return; }
  let walk = walk_of(place);
  let own = own_of(walk);
  let means = 2u * (walk.image * params.column_quads + walk.quad);
  let slope = own.r * load_means(means);
  let shift = load_means(means + 1u);
  let gain = own.r * load_gamma(walk.quad);
  for (var pixel = walk.first; pixel < walk.end; pixel++) {
    let i = at(walk, pixel);
    store_dx(i, gain * (load_dy(i) - shift - (load_x(i) - own.mean) * slope));
  }
}
