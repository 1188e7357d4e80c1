// The parts' mean into the control block, by one workgroup in fixed order. partial [parts] vec4, the last filled up.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  var sum = vec4f();
  for (var quad = local; quad < params.quads; quad += 64u) {
    let inside = 4u * quad + vec4u(0u, 1u, 2u, 3u) < vec4u(params.numbers);
    sum += select(vec4f(), load_partial(quad), inside);
  }
  let all = row_sum(sum, local);
  if row_of(group_index(group), local) == 0u && local == 0u {
    store_control(0u, vec4f(dot(all, vec4f(1.0)) * params.inverse, 0.0, 0.0, 0.0));
  }
}
