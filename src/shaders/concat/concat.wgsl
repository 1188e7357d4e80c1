// y[row] = (a[row], b[row]), four neighbouring elements of y an invocation. a [rows, columns_a], b [rows, columns_b].

fn taken(i: u32) -> f32 {
  let row = i / (params.columns_a + params.columns_b);
  let c = i % (params.columns_a + params.columns_b);
  if c < params.columns_a { return load_a(row * params.columns_a + c); }
  return load_b(row * params.columns_b + c - params.columns_a);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let i = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  store_y(quad, vec4f(taken(i.x), taken(i.y), taken(i.z), taken(i.w)));
}
