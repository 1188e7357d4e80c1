// y[row] = (a[row], b[row]) where whole quads move: columns are counted in quads.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let row = quad / (params.columns_a + params.columns_b);
  let c = quad % (params.columns_a + params.columns_b);
  if c < params.columns_a {
    store_y(quad, load_a(row * params.columns_a + c));
  } else {
    store_y(quad, load_b(row * params.columns_b + c - params.columns_a));
  }
}
