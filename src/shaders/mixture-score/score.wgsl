// The mixture p(x) at one level: D = E[x0 | x], ln p(x) and the trace of dD/dx, which the probability flow's divergence is
// made of. With the responsibilities r and gains G,
//   tr dD/dx = sum r_k tr G_k + (s / dev^2) sum r_k |D_k - D|^2,
// as grad r_k = r_k (g_k - g) and s (D_k - D) = dev^2 (g_k - g), g being scores. The spread of D_k is summed as West (1979)
// sums a weighted variance, since the difference of two means of squares cancels.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let walker = group_index(group) * 64u + local;
  if walker >= params.walkers { return; }
  let p = x_at(walker);
  var most = reals(LOWEST);
  var sum = reals(0.0);
  var mean = Point(reals(0.0), reals(0.0));
  var spread = reals(0.0);
  var trace = reals(0.0);
  for (var k = 0u; k < 3u * params.components; k += 3u) {
    let a = load_prepared(k);
    let b = load_prepared(k + 1u);
    let c = load_prepared(k + 2u);
    let x = p.x - a.x;
    let y = p.y - a.y;
    let v = a.z * x + a.w * y;
    let w = b.x * x + b.y * y;
    let here = b.z - (v * v + w * w);
    let e = exp2(-abs(here - most));
    let higher = here > most;
    let kept = select(reals(1.0), e, higher);
    let share = select(e, reals(1.0), higher);
    let before = sum * kept;
    sum = before + share;
    let off = Point(c.z + b.w * x + c.x * y - mean.x, c.w + c.x * x + c.y * y - mean.y);
    let part = share / sum;
    mean.x += part * off.x;
    mean.y += part * off.y;
    spread = spread * kept + before * part * (off.x * off.x + off.y * off.y);
    trace = trace * kept + share * (b.w + c.y);
    most = max(most, here);
  }
  keep_denoised(walker, mean);
  store_logp(walker, 0.6931471805599453 * most + log(sum) - 1.8378770664093453);
  store_divergence(walker, (trace + params.pull * spread) / sum);
}
