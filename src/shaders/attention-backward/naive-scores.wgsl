// The score matrices of one head, in memory: p = exp(scale.q.k - lse) and ds = p.(dp - delta), dp = do.v.
// An invocation makes one element. p, ds [S,T]; q, do [B,H,S,D], k, v [B,Hkv,T,D] as vec4.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = group_index(group) * 64u + lane;
  if i >= params.S * params.T { return; }
  let s = i / params.T;
  let t = i - s * params.T;
  let row = params.head * params.S + s;
  let key = params.plane * params.T + t;
  var score = 0.0;
  var dp = 0.0;
  for (var c = 0u; c < params.d4; c++) {
    score += dot(load_q(row * params.d4 + c), load_k(key * params.d4 + c));
    dp += dot(load_grad(row * params.d4 + c), load_v(key * params.d4 + c));
  }
  let stats = load_stats(row);
  let p = probability(score * params.scale2, stats.x, visible(s, t));
  store_p(i, p);
  store_ds(i, p * (dp - stats.y));
}
