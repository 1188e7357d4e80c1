// act(sum + bias) + residual of sums whose groups are padded to whole quads of channels: sums [pixels, groups, to4] of quads. Four
// neighbouring elements of the result an invocation; they may lie in two pixels or more.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let element = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  let run = element / params.c_to;
  let at = run * 4u * params.to4 + element - run * params.c_to;
  var y = vec4f(load_sums(at.x), load_sums(at.y), load_sums(at.z), load_sums(at.w));
  if params.has_bias != 0u {
    let channel = element % (params.c_to * params.groups);
    y += vec4f(load_bias(channel.x), load_bias(channel.y), load_bias(channel.z), load_bias(channel.w));
  }
  store_result(quad, with_residual(quad, activated(y)));
}
