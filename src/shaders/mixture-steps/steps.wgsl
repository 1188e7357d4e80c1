// An invocation takes one particle, or four in vectors, through the stages.

fn run(place: u32, mine: u32) {
  // Lanes past the end repeat the last, since all of a quad take part in what it passes around.
  let walker = min(place, params.walkers - 1u);
  var s = state_at(walker);
  for (var i = params.first; i < params.first + params.count; i++) {
    let level = load_table(5u * i);
    let kind = u32(level.z);
    var d = Point(reals(0.0), reals(0.0));
    if kind != LINEAR { d = mixture(s.x, 3u * (i - params.first) * params.components, params.components, mine); }
    let c = combination(i, kind, mine);
    s = combined(c, s, d);
    if level.w != 0.0 { s = stirred(c, s, walker, i); }
  }
  if place < params.walkers { keep(walker, s); }
}
