// Stages and components passed around quads: on a CPU adapter a load costs several multiply-adds of a vector.

fn four_rows(i: u32, mine: u32) -> mat4x4f {
  let row = load_table(i + mine);
  return mat4x4f(quadBroadcast(row, 0u), quadBroadcast(row, 1u), quadBroadcast(row, 2u), quadBroadcast(row, 3u));
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) local: u32,
  @builtin(subgroup_invocation_id) sublane: u32,
) { run(group_index(group) * 64u + local, sublane & 3u); }
