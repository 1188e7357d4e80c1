// The parts of one tensor added to the control block, by one workgroup in fixed order.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  var sum = vec2f();
  for (var part = local; part < params.parts; part += 64u) { sum += load_partial(part); }
  let all = row_sum(vec4f(sum, 0.0, 0.0), local);
  if row_of(group_index(group), local) == 0u && local == 0u {
    store_control(SQUARES, load_control(SQUARES) + all.x);
    store_control(NOT_FINITE, load_control(NOT_FINITE) + all.y);
  }
}
