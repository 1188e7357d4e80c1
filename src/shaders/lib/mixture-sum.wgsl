// Sum of r_k D_k over the mixture's components (or of the score, as they were prepared), the responsibilities r by the
// online normaliser: one exponential each, as either the old sum or the new term has the factor 1. Written over `reals`;
// `three_prepared` says whose loads they are, `mine` being the place in the quad.

// The largest logarithm so far, and the sums in units of its exponential.
struct Sums {
  most: reals,
  sum: reals,
  mean: Point,
}

fn no_sums() -> Sums {
  return Sums(reals(LOWEST), reals(0.0), Point(reals(0.0), reals(0.0)));
}

fn with_component(s: Sums, p: Point, part: mat3x4f) -> Sums {
  let a = part[0];
  let b = part[1];
  let c = part[2];
  let x = p.x - a.x;
  let y = p.y - a.y;
  let v = a.z * x + a.w * y;
  let w = b.x * x + b.y * y;
  let here = b.z - (v * v + w * w);
  let e = exp2(-abs(here - s.most));
  let higher = here > s.most;
  let kept = select(reals(1.0), e, higher);
  let share = select(e, reals(1.0), higher);
  return Sums(max(s.most, here), s.sum * kept + share, Point(
    s.mean.x * kept + share * (c.z + b.w * x + c.x * y),
    s.mean.y * kept + share * (c.w + c.x * x + c.y * y)));
}

fn mean_of(s: Sums) -> Point { return Point(s.mean.x / s.sum, s.mean.y / s.sum); }

fn mixture(p: Point, start: u32, components: u32, mine: u32) -> Point {
  var s = no_sums();
  for (var k = start; k < start + 3u * components; k += 3u) { s = with_component(s, p, three_prepared(k, mine)); }
  return mean_of(s);
}
