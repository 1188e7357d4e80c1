// y = e^(x - m) / l with the row's m and l, four neighbouring elements an invocation (of four rows where inner > 1).
// Elements past the end lie in the buffer's padding.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let i = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
  let slab = i / (params.n * params.inner);
  let row = min(slab * params.inner + i % params.inner, vec4u(params.rows - 1u));
  let a = stats[row.x];
  let b = stats[row.y];
  let c = stats[row.z];
  let d = stats[row.w];
  store_y(quad, exp(load_x(quad) - vec4f(a.x, b.x, c.x, d.x)) / vec4f(a.y, b.y, c.y, d.y));
}
