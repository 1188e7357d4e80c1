// The mixture's components prepared for one level: an invocation prepares one. prepared [K, 3] vec4.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let k = group_index(group) * 64u + local;
  if k >= params.components { return; }
  let found = prepare(load_components(2u * k), load_components(2u * k + 1u), params.s, params.dev, params.score != 0u);
  store_prepared(3u * k, found.centre);
  store_prepared(3u * k + 1u, found.whiten);
  store_prepared(3u * k + 2u, found.affine);
}
