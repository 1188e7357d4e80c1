// y[row, c] = x[row, skipped + c] where whole quads move: columns, skipped and taken are counted in quads.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  store_y(quad, load_x(quad / params.taken * params.columns + params.skipped + quad % params.taken));
}
