// Every invocation loads what it needs.

fn four_rows(i: u32, mine: u32) -> mat4x4f {
  return mat4x4f(load_table(i), load_table(i + 1u), load_table(i + 2u), load_table(i + 3u));
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  run(group_index(group) * 64u + local, 0u);
}
