// Sums of |score| over particles: each invocation takes every parts-th particle, or four of them.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let part = group_index(group) * 64u + local;
  if part >= params.parts { return; }
  var sum = reals(0.0);
  for (var i = part; i < params.walkers; i += params.parts) {
    let score = mixture(x_at(i), 0u, params.components, 0u);
    let norm = sqrt(score.x * score.x + score.y * score.y);
    // The last four may be fewer.
    sum += select(reals(0.0), norm, places(i) < words(params.n));
  }
  store_partial(part, sum);
}
