// Memory traffic and nothing else: y ← x, one vec4 per invocation, neighbours touching neighbours. bytes = 2 · 4n.
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) workgroup_id: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(workgroup_id) * 64u + local;
  if (i < params.quads) { y[i] = x[i]; }
}
