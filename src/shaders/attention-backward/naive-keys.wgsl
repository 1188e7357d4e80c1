// dv = sum over the group's heads of p^T.do, dk = scale.sum of ds^T.q, from the stored p and ds [S,T] of one head.
// The sums over heads stay in f32 in `sums` [2,T,D] until the last head of the group. An invocation makes four
// columns of one key.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = group_index(group) * 64u + lane;
  let size = params.T * params.d4;
  if i >= size { return; }
  let t = i / params.d4;
  let c = i - t * params.d4;
  var dk = vec4f();
  var dv = vec4f();
  for (var s = 0u; s < params.S; s++) {
    let row = (params.head * params.S + s) * params.d4 + c;
    dv += load_p(s * params.T + t) * load_grad(row);
    dk += load_ds(s * params.T + t) * load_q(row);
  }
  let g = params.head % params.G;
  if g > 0u {
    dk += load_sums(i);
    dv += load_sums(size + i);
  }
  if g + 1u < params.G {
    store_sums(i, dk);
    store_sums(size + i, dv);
  } else {
    store_dk(params.plane * size + i, params.scale * dk);
    store_dv(params.plane * size + i, dv);
  }
}
