// Mean and sum of squared differences from it, for four channels over the pixels of one part. Values are taken less the
// part's first one, so that what is far from zero does not cancel. partial [images, parts, column_quads, 2].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let place = group_index(group) * 64u + local;
  if place >= params.places { return; }
  let walk = walk_of(place);
  let about = load_x(at(walk, walk.first));
  var sum = vec4f();
  var squares = vec4f();
  for (var pixel = walk.first; pixel < walk.end; pixel++) {
    let d = load_x(at(walk, pixel)) - about;
    sum += d;
    squares += d * d;
  }
  let n = f32(walk.end - walk.first);
  store_partial(2u * place, about + sum / n);
  store_partial(2u * place + 1u, max(squares - sum * sum / n, vec4f()));
}
