// dgamma and dbeta [width]: the parts' sums added in order, four columns an invocation.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  var scale_sum = vec4f();
  var shift_sum = vec4f();
  for (var part = 0u; part < params.parts; part++) {
    let place = part * params.quads + quad;
    scale_sum += load_partial(2u * place);
    shift_sum += load_partial(2u * place + 1u);
  }
  store_dgamma(quad, scale_sum);
  store_dbeta(quad, shift_sum);
}
