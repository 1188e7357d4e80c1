// The denoiser of the mixture at one level and the derivative J = dD/dx that likelihoods take (score.wgsl has the formulas):
// its trace, or v'Jv for v = (+-1, +-1). With q the product of v's entries, and 0 for the trace,
//   v'Jv = J11 + J22 + 2 q J12,  J = sum r_k G_k + (s / dev^2) sum r_k (D_k - D)(D_k - D)'.
// The spread of D_k is summed as West (1979) sums a weighted variance. Written over `reals`.

struct Flow {
  mean: Point,
  along: reals,
}

fn flow(p: Point, start: u32, components: u32, pull: f32, q: reals, mine: u32) -> Flow {
  var most = reals(LOWEST);
  var sum = reals(0.0);
  var mean = Point(reals(0.0), reals(0.0));
  var spread = reals(0.0);
  var gain = reals(0.0);
  for (var k = start; k < start + 3u * components; k += 3u) {
    let part = three_prepared(k, mine);
    let a = part[0];
    let b = part[1];
    let c = part[2];
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
    let weight = share / sum;
    mean.x += weight * off.x;
    mean.y += weight * off.y;
    spread = spread * kept + before * weight * (off.x * off.x + off.y * off.y + 2.0 * q * off.x * off.y);
    gain = gain * kept + share * (b.w + c.y + 2.0 * q * c.x);
    most = max(most, here);
  }
  return Flow(mean, (gain + pull * spread) / sum);
}
