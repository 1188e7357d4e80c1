// ln p(x) through the probability-flow ODE dx/dt = rate x - pull D (Song et al. 2021, appendix D.2): along its path
// d ln p/dt = pull tr dD/dx - 2 rate, so with the divergence's integral on the way and the prior N(0, dev^2) at its end
//   ln p(x) = ln N(x_T; 0, dev^2) + integral of (2 rate - pull tr dD/dx) dt.
// Classical Runge-Kutta steps; table [count, 3] vec4 has (s, dev, h rate, h pull) at a step's beginning, middle and end.

struct Path {
  x: Point,
  gain: reals,
}

fn slope(p: Point, step: u32, node: u32, q: reals) -> Path {
  let level = load_table(3u * step + node);
  let start = 3u * (2u * step + node) * params.components;
  let f = flow(p, start, params.components, level.x / (level.y * level.y), q, 0u);
  return Path(Point(level.z * p.x - level.w * f.mean.x, level.z * p.y - level.w * f.mean.y),
    2.0 * level.z - level.w * f.along);
}

fn moved(p: Point, by: f32, k: Path) -> Point { return Point(p.x + by * k.x.x, p.y + by * k.x.y); }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let walker = group_index(group) * 64u + local;
  if walker >= params.walkers { return; }
  var q = reals(0.0);
  if params.hutchinson != 0u { q = probe(walker, params.seed, params.stream); }
  var p = x_at(walker);
  var gain = reals(0.0);
  for (var step = 0u; step < params.count; step++) {
    let k1 = slope(p, step, 0u, q);
    let k2 = slope(moved(p, 0.5, k1), step, 1u, q);
    let k3 = slope(moved(p, 0.5, k2), step, 1u, q);
    let k4 = slope(moved(p, 1.0, k3), step, 2u, q);
    p.x += (k1.x.x + 2.0 * (k2.x.x + k3.x.x) + k4.x.x) / 6.0;
    p.y += (k1.x.y + 2.0 * (k2.x.y + k3.x.y) + k4.x.y) / 6.0;
    gain += (k1.gain + 2.0 * (k2.gain + k3.gain) + k4.gain) / 6.0;
  }
  let dev = load_table(3u * params.count - 1u).y;
  let v = Point(p.x / dev, p.y / dev);
  store_logp(walker, gain - 0.5 * (v.x * v.x + v.y * v.y) - 2.0 * log_of(vec4f(dev)).x - 1.8378770664093453);
}
