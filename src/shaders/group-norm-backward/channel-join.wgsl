// Means over the pixels of an image of dy.xhat and of dy, for four channels. means [images, column_quads, 2].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let place = group_index(group) * 64u + local;
  if place >= params.images * params.column_quads { return; }
  let first = place / params.column_quads * params.parts;
  var slopes = vec4f();
  var shifts = vec4f();
  for (var part = first; part < first + params.parts; part++) {
    let i = 2u * (part * params.column_quads + place % params.column_quads);
    slopes += load_partial(i);
    shifts += load_partial(i + 1u);
  }
  store_means(2u * place, slopes / f32(params.pixels));
  store_means(2u * place + 1u, shifts / f32(params.pixels));
}
