// Stages `first` to `first + count` of a sampler's table (lib/stages.ts) over all particles, whose registers x, h and a
// are loaded and stored once: (x, h, a) = C (x, h, a, D, z), D the mixture's denoiser at the stage's level, z the normals
// of the particle's block in the stage's stream. A Langevin stage has x + e.score + sqrt(2e).z instead.

struct State {
  x: Point,
  h: Point,
  a: Point,
}

// C without its column of z, and that column.
struct Combination {
  rows: mat3x4f,
  noise: vec3f,
}

fn combination(i: u32, kind: u32, mine: u32) -> Combination {
  let found = four_rows(5u * i + 1u, mine);
  let more = found[3];
  if kind == LANGEVIN {
    let norm = load_control(0u);
    let step = more.w / max(norm * norm, 1e-30);
    return Combination(mat3x4f(vec4f(1.0, 0.0, 0.0, step), vec4f(0.0, 1.0, 0.0, 0.0), vec4f(0.0, 0.0, 1.0, 0.0)),
      vec3f(sqrt(2.0 * step), 0.0, 0.0));
  }
  return Combination(mat3x4f(found[0], found[1], found[2]), more.xyz);
}

fn row(c: vec4f, s: State, d: Point) -> Point {
  return Point(c.x * s.x.x + c.y * s.h.x + c.z * s.a.x + c.w * d.x, c.x * s.x.y + c.y * s.h.y + c.z * s.a.y + c.w * d.y);
}

fn combined(c: Combination, s: State, d: Point) -> State {
  return State(row(c.rows[0], s, d), row(c.rows[1], s, d), row(c.rows[2], s, d));
}

fn moved(p: Point, by: f32, z: Pair) -> Point {
  return Point(p.x + by * z.first, p.y + by * z.second);
}

fn stirred(c: Combination, s: State, walker: u32, stream: u32) -> State {
  let bits = philox_of(places(walker), params.seed, stream);
  let z = gauss(bits.first, bits.second);
  return State(moved(s.x, c.noise.x, z), moved(s.h, c.noise.y, z), moved(s.a, c.noise.z, z));
}

fn state_at(walker: u32) -> State { return State(x_at(walker), h_at(walker), a_at(walker)); }

fn keep(walker: u32, s: State) {
  keep_x(walker, s.x);
  keep_h(walker, s.h);
  keep_a(walker, s.a);
}
