// Every invocation loads all pixels of dy that it needs.

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  correlate(group_index(group), lane, 0u);
}

fn four_pixels(p: u32, j: u32, which: u32, column: u32, mine: u32) -> mat4x4f {
  return mat4x4f(pixel_of(p, j, which, column), pixel_of(p + 1u, j + 1u, which, column),
    pixel_of(p + 2u, j + 2u, which, column), pixel_of(p + 3u, j + 3u, which, column));
}
