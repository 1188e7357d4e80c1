// Dormand & Prince's pair of orders 5 and 4 (1980) with steps of each particle's own, from one level to another; the last
// stage of a step is the first of the next. Error norm, first step and control are those of Hairer, Norsett & Wanner (II.4)
// as SciPy's RK45 has them: a step whose error is at most tolerance (1 + |y|) is taken, the next is 0.9 error^(-1/5) times
// as long, within 0.2 and 10. Particles of a vector that have arrived, or are refused, keep what they have.

fn moved(s: State, by: reals, k: State) -> State {
  return State(Point(s.y.x + by * k.y.x, s.y.y + by * k.y.y), s.change + by * k.change);
}

fn either(kept: State, taken: State, take: bools) -> State {
  return State(Point(select(kept.y.x, taken.y.x, take), select(kept.y.y, taken.y.y, take)),
    select(kept.change, taken.change, take));
}

// Root mean square of e beside tolerance (1 + |s|), the density's part only where it is followed.
fn norm(e: State, s: State) -> reals {
  let a = e.y.x / (1.0 + abs(s.y.x));
  let b = e.y.y / (1.0 + abs(s.y.y));
  let c = params.density * e.change / (1.0 + abs(s.change));
  return sqrt((a * a + b * b + c * c) / (2.0 + params.density)) / params.tolerance;
}

fn larger(s: State, t: State) -> State {
  return State(Point(max(abs(s.y.x), abs(t.y.x)), max(abs(s.y.y), abs(t.y.y))), max(abs(s.change), abs(t.change)));
}

fn difference(s: State, t: State) -> State { return moved(s, reals(-1.0), t); }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let walker = group_index(group) * 64u + local;
  if walker >= params.walkers { return; }
  var q = reals(0.0);
  if params.hutchinson != 0u { q = probe(walker, params.seed, params.stream); }
  var s = State(y_at(walker), reals(0.0));
  var level = reals(params.begin);
  let sense = sign(params.end - params.begin);
  let whole = abs(params.end - params.begin);
  let none = State(Point(reals(0.0), reals(0.0)), reals(0.0));

  var k1 = slope(s.y, level, q);
  let speed = norm(k1, s);
  let size = norm(s, s);
  let guess = select(0.01 * size / max(speed, reals(1e-30)), reals(1e-6), min(size, speed) < reals(1e-5));
  let trial = min(guess, reals(whole));
  let ahead = slope(moved(s, sense * trial, k1).y, level + sense * trial, q);
  let bend = max(speed, norm(difference(ahead, k1), s) / trial);
  let second = select(exp2(0.2 * log2(0.01 / max(bend, reals(1e-30)))), max(reals(1e-6), 1e-3 * trial), bend <= reals(1e-15));
  var h = min(100.0 * trial, second);
  var evaluations = reals(2.0);
  var left = reals(whole);
  var most_growth = reals(10.0);

  for (var attempt = 0u; attempt < params.most; attempt++) {
    let runs = left > reals(0.0);
    if !any(runs) { break; }
    let length = min(h, left);
    let d = sense * length;
    var t = moved(s, 0.2 * d, k1);
    let k2 = slope(t.y, level + 0.2 * d, q);
    t = moved(moved(s, 0.075 * d, k1), 0.225 * d, k2);
    let k3 = slope(t.y, level + 0.3 * d, q);
    t = moved(moved(moved(s, 0.97777777777777778 * d, k1), -3.7333333333333333 * d, k2), 3.5555555555555556 * d, k3);
    let k4 = slope(t.y, level + 0.8 * d, q);
    t = moved(moved(moved(moved(s, 2.9525986892242036 * d, k1), -11.595793324188386 * d, k2),
      9.8228928516994358 * d, k3), -0.29080932784636488 * d, k4);
    let k5 = slope(t.y, level + 0.88888888888888889 * d, q);
    t = moved(moved(moved(moved(moved(s, 2.8462752525252526 * d, k1), -10.757575757575758 * d, k2),
      8.9064227177434725 * d, k3), 0.27840909090909091 * d, k4), -0.27353130360205832 * d, k5);
    let k6 = slope(t.y, level + d, q);
    t = moved(moved(moved(moved(moved(s, 0.091145833333333333 * d, k1), 0.44923629829290207 * d, k3),
      0.65104166666666667 * d, k4), -0.32237617924528302 * d, k5), 0.13095238095238095 * d, k6);
    let k7 = slope(t.y, level + d, q);
    let e = moved(moved(moved(moved(moved(moved(none, -0.0012326388888888889 * d, k1), 0.0042527702905061395 * d, k3),
      -0.036979166666666667 * d, k4), 0.050863797169811321 * d, k5), -0.041904761904761905 * d, k6), 0.025 * d, k7);
    let error = norm(e, larger(s, t));
    let taken = runs & (error <= reals(1.0));
    let factor = clamp(0.9 * exp2(-0.2 * log2(max(error, reals(1e-10)))), reals(0.2), most_growth);
    evaluations += select(reals(0.0), reals(6.0), runs);
    s = either(s, t, taken);
    k1 = either(k1, k7, taken);
    // What is left counts down to exactly 0: the last step is as long as it.
    left = select(left, left - length, taken);
    level = select(level, params.end - sense * left, taken);
    h = select(h, length * factor, runs);
    // A step just refused may not grow the next one.
    most_growth = select(reals(1.0), reals(10.0), taken);
  }
  keep_end(walker, s.y);
  store_change(walker, params.density * s.change);
  store_evaluations(walker, evaluations);
  store_left(walker, left);
}
