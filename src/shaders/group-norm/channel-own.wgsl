// The statistics of the four channels of a walk.

struct Own { mean: vec4f, r: vec4f }

fn own_of(walk: Walk) -> Own {
  let first = 4u * (walk.image * params.column_quads + walk.quad);
  let a = load_stats(first);
  let b = load_stats(first + 1u);
  let c = load_stats(first + 2u);
  let d = load_stats(first + 3u);
  return Own(vec4f(a.x, b.x, c.x, d.x), vec4f(a.y, b.y, c.y, d.y));
}
