// The statistics of four neighbouring elements i of x [images, pixels, C]: their means and their r, one load where whole
// quads belong to one group. `params.last` is the number of elements less one.

struct Own { mean: vec4f, r: vec4f }

fn channels() -> u32 { return params.groups * params.share; }

fn own_of(i: vec4u) -> Own {
  let e = min(i, vec4u(params.last));
  let row = e / (params.pixels * channels()) * params.groups + e % channels() / params.share;
  let a = load_stats(row.x);
  if WHOLE { return Own(vec4f(a.x), vec4f(a.y)); }
  let b = load_stats(row.y);
  let c = load_stats(row.z);
  let d = load_stats(row.w);
  return Own(vec4f(a.x, b.x, c.x, d.x), vec4f(a.y, b.y, c.y, d.y));
}
