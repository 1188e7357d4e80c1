// Of every process the same in y = x / s over l = ln sigma: dy/dl = y - D(y; sigma), and along the path the density q of y
// changes by d ln q/dl = tr dD/dy - 2, whose trace may be v'(dD/dy)v instead (mixture-flow.wgsl has the sums). Each particle
// is at a level of its own, so nothing is prepared: C = lambda + sigma^2 along a component's axes, and the factor
// det C^(-1/2) stays outside the exponential, which spares a logarithm.

struct State {
  y: Point,
  change: reals,
}

fn slope(p: Point, level: reals, q: reals) -> State {
  let sigma = exp2(1.4426950408889634 * level);
  let variance = sigma * sigma;
  var most = reals(LOWEST);
  var sum = reals(0.0);
  var mean = Point(reals(0.0), reals(0.0));
  var spread = reals(0.0);
  var gain = reals(0.0);
  for (var k = 0u; k < params.components; k++) {
    let first = load_components(2u * k);
    let second = load_components(2u * k + 1u);
    let x = p.x - first.y;
    let y = p.y - first.z;
    let u = first.w * x + second.x * y;
    let v = first.w * y - second.x * x;
    let c = variance + second.y;
    let d = variance + second.z;
    let here = 1.4426950408889634 * (first.x - 0.5 * (u * u / c + v * v / d));
    let e = exp2(-abs(here - most));
    let higher = here > most;
    let kept = select(reals(1.0), e, higher);
    let share = select(e, reals(1.0), higher) * inverseSqrt(c * d);
    let before = sum * kept;
    sum = before + share;
    let g = second.y / c;
    let h = second.z / d;
    let off = Point(first.y + first.w * g * u - second.x * h * v - mean.x,
      first.z + second.x * g * u + first.w * h * v - mean.y);
    let weight = share / sum;
    mean.x += weight * off.x;
    mean.y += weight * off.y;
    spread = spread * kept + before * weight * (off.x * off.x + off.y * off.y + 2.0 * q * off.x * off.y);
    gain = gain * kept + share * (g + h + 2.0 * q * first.w * second.x * (g - h));
    most = max(most, here);
  }
  return State(Point(p.x - mean.x, p.y - mean.y), (gain + spread / variance) / sum - 2.0);
}
