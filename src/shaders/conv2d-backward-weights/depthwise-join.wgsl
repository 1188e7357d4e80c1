// dw [C, 1, taps]: the parts' sums added in order, so that the numbers are the same every time; four neighbouring
// weights an invocation. sums [parts, taps, C].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let element = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  let at = element % params.taps * params.C + element / params.taps;
  var sum = vec4f();
  for (var part = 0u; part < params.parts; part++) {
    let i = at + part * params.size;
    sum += vec4f(load_sums(i.x), load_sums(i.y), load_sums(i.z), load_sums(i.w));
  }
  store_dw(quad, sum);
}
