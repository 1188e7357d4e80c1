// Sum of r_k D_k over the mixture's components (or of the score, as they were prepared), the responsibilities r by the
// online normaliser: one exponential each, as either the old sum or the new term has the factor 1. Written over `reals`;
// `three_prepared` says whose loads they are, `mine` being the place in the quad.

struct Point {
  x: reals,
  y: reals,
}

const LOWEST = -3.4028234663852886e38;

fn mixture(p: Point, start: u32, components: u32, mine: u32) -> Point {
  var most = reals(LOWEST);
  var sum = reals(0.0);
  var mean = Point(reals(0.0), reals(0.0));
  for (var k = start; k < start + 3u * components; k += 3u) {
    let part = three_prepared(k, mine);
    let a = part[0];
    let b = part[1];
    let c = part[2];
    let x = p.x - a.x;
    let y = p.y - a.y;
    let v = a.z * x + a.w * y;
    let w = b.x * x + b.y * y;
    let log = b.z - (v * v + w * w);
    let e = exp2(-abs(log - most));
    let higher = log > most;
    let kept = select(reals(1.0), e, higher);
    let share = select(e, reals(1.0), higher);
    sum = sum * kept + share;
    mean.x = mean.x * kept + share * (c.z + b.w * x + c.x * y);
    mean.y = mean.y * kept + share * (c.w + c.x * x + c.y * y);
    most = max(most, log);
  }
  return Point(mean.x / sum, mean.y / sum);
}
