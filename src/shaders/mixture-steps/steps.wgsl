// Stages `first` to `first + count` of a sampler's table (lib/stages.ts) over all particles, whose registers x, h and a
// are loaded and stored once: (x, h, a) = C (x, h, a, D, z), D the mixture's denoiser at the stage's level, z the normals
// of the particle's block in the stage's stream. A Langevin stage has x + e.score + sqrt(2e).z instead.

fn combine(c: vec4f, x: Point, h: Point, a: Point, d: Point) -> Point {
  return Point(c.x * x.x + c.y * h.x + c.z * a.x + c.w * d.x, c.x * x.y + c.y * h.y + c.z * a.y + c.w * d.y);
}

fn moved(p: Point, by: f32, z: Pair) -> Point {
  return Point(p.x + by * z.first, p.y + by * z.second);
}

fn run(place: u32, mine: u32) {
  // Lanes past the end repeat the last, since all of a quad take part in what it passes around.
  let walker = min(place, params.walkers - 1u);
  var x = x_at(walker);
  var h = h_at(walker);
  var a = a_at(walker);
  let norm = load_control(0u);
  for (var i = params.first; i < params.first + params.count; i++) {
    let level = load_table(5u * i);
    let rows = four_rows(5u * i + 1u, mine);
    let more = rows[3];
    let kind = u32(level.z);
    var d = Point(reals(0.0), reals(0.0));
    if kind != LINEAR { d = mixture(x, 3u * i * params.components, params.components, mine); }
    let langevin = kind == LANGEVIN;
    let step = more.w / max(norm * norm, 1e-30);
    let old = x;
    let kept = h;
    x = combine(select(rows[0], vec4f(1.0, 0.0, 0.0, step), langevin), old, kept, a, d);
    h = combine(select(rows[1], vec4f(0.0, 1.0, 0.0, 0.0), langevin), old, kept, a, d);
    a = combine(select(rows[2], vec4f(0.0, 0.0, 1.0, 0.0), langevin), old, kept, a, d);
    if level.w != 0.0 {
      let bits = philox_of(places(walker), params.seed, i);
      let z = gauss(bits.first, bits.second);
      let by = select(more.xyz, vec3f(sqrt(2.0 * step), 0.0, 0.0), langevin);
      x = moved(x, by.x, z);
      h = moved(h, by.y, z);
      a = moved(a, by.z, z);
    }
  }
  if place < params.walkers {
    keep_x(walker, x);
    keep_h(walker, h);
    keep_a(walker, a);
  }
}
