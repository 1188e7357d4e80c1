// Stages `first` to `first + count` of a sampler's table (lib/stages.ts) over all particles, whose registers x, h and a
// are loaded and stored once: (x, h, a) = C (x, h, a, D, z), D the mixture's denoiser at the stage's level, z the normals
// of the particle's block in the stage's stream. A Langevin stage has x + e.score + sqrt(2e).z instead.

fn noise(walker: u32, stream: u32) -> Point {
  let bits = philox_of(places(walker), params.seed, stream);
  let pair = gauss(bits.first, bits.second);
  return Point(pair.first, pair.second);
}

fn combine(c: vec4f, z: f32, x: Point, h: Point, a: Point, d: Point, n: Point) -> Point {
  return Point(c.x * x.x + c.y * h.x + c.z * a.x + c.w * d.x + z * n.x,
    c.x * x.y + c.y * h.y + c.z * a.y + c.w * d.y + z * n.y);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let walker = group_index(group) * 64u + local;
  if walker >= params.walkers { return; }
  var x = x_at(walker);
  var h = h_at(walker);
  var a = a_at(walker);
  let norm = load_control(0u);
  for (var i = params.first; i < params.first + params.count; i++) {
    let at = 5u * i;
    let level = load_table(at);
    let kind = u32(level.z);
    let more = load_table(at + 4u);
    var d = Point(reals(0.0), reals(0.0));
    if kind != LINEAR { d = mixture(x, 3u * i * params.components, params.components); }
    var n = Point(reals(0.0), reals(0.0));
    if level.w != 0.0 { n = noise(walker, i); }
    if kind == LANGEVIN {
      let step = more.w / max(norm * norm, 1e-30);
      x = combine(vec4f(1.0, 0.0, 0.0, step), sqrt(2.0 * step), x, h, a, d, n);
    } else {
      let old = x;
      let kept = h;
      x = combine(load_table(at + 1u), more.x, old, kept, a, d, n);
      h = combine(load_table(at + 2u), more.y, old, kept, a, d, n);
      a = combine(load_table(at + 3u), more.z, old, kept, a, d, n);
    }
  }
  keep_x(walker, x);
  keep_h(walker, h);
  keep_a(walker, a);
}
