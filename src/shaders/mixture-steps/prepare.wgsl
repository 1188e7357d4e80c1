// The mixture's components at the levels of the stages that run: an invocation prepares one for one stage.
// prepared [count, K, 3] vec4.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let task = group_index(group) * 64u + local;
  if task >= params.count * params.components { return; }
  let level = load_table(5u * (params.first + task / params.components));
  let k = 2u * (task % params.components);
  let found = prepare(load_components(k), load_components(k + 1u), level.x, level.y, u32(level.z) == LANGEVIN);
  store_prepared(3u * task, found.centre);
  store_prepared(3u * task + 1u, found.whiten);
  store_prepared(3u * task + 2u, found.affine);
}
