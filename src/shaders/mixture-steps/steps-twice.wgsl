// An invocation takes two such, the second from the other half of the particles, through the stages: each load of a
// component serves both.

fn run(place: u32, mine: u32) {
  let half = (params.walkers + 1u) / 2u;
  // Lanes past the end repeat the last, since all of a quad take part in what it passes around.
  let walker = min(place, half - 1u);
  let second = min(walker + half, params.walkers - 1u);
  var s = state_at(walker);
  var t = state_at(second);
  for (var i = params.first; i < params.first + params.count; i++) {
    let level = load_table(5u * i);
    let kind = u32(level.z);
    var d = Point(reals(0.0), reals(0.0));
    var e = d;
    if kind != LINEAR {
      let start = 3u * (i - params.first) * params.components;
      var f = no_sums();
      var g = f;
      for (var k = start; k < start + 3u * params.components; k += 3u) {
        let part = three_prepared(k, mine);
        f = with_component(f, s.x, part);
        g = with_component(g, t.x, part);
      }
      d = mean_of(f);
      e = mean_of(g);
    }
    let c = combination(i, kind, mine);
    s = combined(c, s, d);
    t = combined(c, t, e);
    if level.w != 0.0 {
      s = stirred(c, s, walker, i);
      t = stirred(c, t, second, i);
    }
  }
  if place < half {
    keep(walker, s);
    if walker + half < params.walkers { keep(second, t); }
  }
}
