// Parts joined (Chan et al. 1979): the mean of their means, and to their squared differences those of the means.
// stats [images, channels] of (mean, 1/sqrt(variance + eps)).

fn size_of(part: u32) -> f32 {
  return f32(min(params.pixels, (part + 1u) * params.chunk) - part * params.chunk);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let place = group_index(group) * 64u + local;
  if place >= params.images * params.column_quads { return; }
  let quad = place % params.column_quads;
  let first = place / params.column_quads * params.parts;
  let about = load_partial(2u * (first * params.column_quads + quad));
  let n = f32(params.pixels);
  var sum = vec4f();
  for (var part = 0u; part < params.parts; part++) {
    sum += size_of(part) * (load_partial(2u * ((first + part) * params.column_quads + quad)) - about);
  }
  let mean = about + sum / n;
  var squares = vec4f();
  for (var part = 0u; part < params.parts; part++) {
    let i = 2u * ((first + part) * params.column_quads + quad);
    let d = load_partial(i) - mean;
    squares += load_partial(i + 1u) + size_of(part) * d * d;
  }
  let r = 1.0 / sqrt(squares / n + params.eps);
  for (var c = 0u; c < 4u; c++) { store_stats(4u * place + c, vec2f(mean[c], r[c])); }
}
