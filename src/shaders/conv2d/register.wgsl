// Every invocation loads all weights that it needs.

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  gather(group_index(group), lane, 0u);
}

fn four_weights(i: u32, step: u32, mine: u32) -> mat4x4f {
  return mat4x4f(load_weights(i), load_weights(i + step), load_weights(i + 2u * step), load_weights(i + 3u * step));
}
