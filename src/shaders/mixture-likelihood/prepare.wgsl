// The mixture's components at the levels that the steps visit, 2 count + 1 of them: a step's last is the next one's first.
// prepared [2 count + 1, K, 3] vec4.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let task = group_index(group) * 64u + local;
  if task >= (2u * params.count + 1u) * params.components { return; }
  let node = task / params.components;
  let step = min(node / 2u, params.count - 1u);
  let level = load_table(3u * step + node - 2u * step);
  let k = 2u * (task % params.components);
  let found = prepare(load_components(k), load_components(k + 1u), level.x, level.y, false);
  store_prepared(3u * task, found.centre);
  store_prepared(3u * task + 1u, found.whiten);
  store_prepared(3u * task + 2u, found.affine);
}
