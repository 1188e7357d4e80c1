// dq = scale.ds.k of one head from the stored ds [S,T]. An invocation makes four columns of one row.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = group_index(group) * 64u + lane;
  if i >= params.S * params.d4 { return; }
  let s = i / params.d4;
  let c = i - s * params.d4;
  var sum = vec4f();
  for (var t = 0u; t < params.T; t++) {
    sum += load_ds(s * params.T + t) * load_k((params.plane * params.T + t) * params.d4 + c);
  }
  store_dq((params.head * params.S + s) * params.d4 + c, params.scale * sum);
}
