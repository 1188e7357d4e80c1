// x[H, W] of rgba, each in [0, 1], from pixels of rgba8: four channels, so that a thread takes a pixel as one vec4.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(group) * 64u + local;
  if i >= params.count { return; }
  store_x(i, unpack4x8unorm(pixels[i]));
}
