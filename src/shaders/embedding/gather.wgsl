// y[n, c] = weight[ids[n], c], four neighbouring elements an invocation, maybe of several rows; 0 for an id outside the
// vocabulary. weight [vocab, width], ids [rows], y [rows, width].

fn element(i: u32) -> f32 {
  let id = ids[min(i / params.width, params.rows - 1u)];
  let known = id >= 0 && u32(id) < params.vocab;
  return select(0.0, load_weight(select(0u, u32(id), known) * params.width + i % params.width), known);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let i = quad * 4u;
  store_y(quad, vec4f(element(i), element(i + 1u), element(i + 2u), element(i + 3u)));
}
