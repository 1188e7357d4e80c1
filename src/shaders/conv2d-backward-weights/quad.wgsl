// Pixels of dy passed around quads: each of four lanes loads one and takes the others from its neighbours.

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
  @builtin(subgroup_invocation_id) sublane: u32,
) { correlate(group_index(group), lane, sublane & 3u); }

fn four_pixels(p: u32, j: u32, which: u32, column: u32, mine: u32) -> mat4x4f {
  let x = pixel_of(p + mine, j + mine, which, column);
  return mat4x4f(quadBroadcast(x, 0u), quadBroadcast(x, 1u), quadBroadcast(x, 2u), quadBroadcast(x, 3u));
}
