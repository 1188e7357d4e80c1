// A pixel that c particles cover has the opacity c g / (1 + c g) of ink over what lies under it: g = o / (1 - o) gives a
// single one the opacity o, and however many there are, more are still darker.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(group) * 64u + local;
  if i >= params.width * params.height { return; }
  let c = f32(counts[i]) * params.gain;
  let ground = unpack4x8unorm(ground_at(i)).rgb;
  pixels[i] = rgba8(mix(ground, vec3f(params.red, params.green, params.blue), c / (1.0 + c)));
}
