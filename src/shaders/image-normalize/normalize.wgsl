// y = (mean of rgb weighted by triangles / 255 - mean) / std, four pixels of the crop an invocation, since they are three
// quads. Weights are whole numbers: reach - |distance|, in halves of pixels of a grid that both sides share.
// pixels [from_h, from_w] of rgba8 with red in the lowest byte, y [crop, crop, 3].

// Pixels first ... last, around `centre`.
struct Reach { first: u32, last: u32, centre: i32, reach: i32 }

fn reach_of(i: u32, from_size: u32, to_size: u32) -> Reach {
  let centre = i32((2u * i + 1u) * from_size);
  let reach = i32(2u * max(from_size, to_size));
  let step = i32(2u * to_size);
  return Reach(u32(max(centre - reach, 0) / step), min(u32((centre + reach) / step), from_size - 1u), centre, reach);
}

fn weight_of(r: Reach, pixel: u32, to_size: u32) -> f32 {
  return f32(max(r.reach - abs(i32((2u * pixel + 1u) * to_size) - r.centre), 0));
}

fn normal(index: u32) -> vec3f {
  let p = min(index, params.crop * params.crop - 1u);
  let i = p / params.crop;
  let rows = reach_of(i + params.top, params.from_h, params.to_h);
  let columns = reach_of(p - i * params.crop + params.left, params.from_w, params.to_w);
  var sum = vec4f();
  for (var row = rows.first; row <= rows.last; row++) {
    var line = vec4f();
    for (var column = columns.first; column <= columns.last; column++) {
      let pixel = pixels[row * params.from_w + column];
      let rgb = vec3f(vec3u(pixel, pixel >> 8u, pixel >> 16u) & vec3u(255u));
      line += weight_of(columns, column, params.to_w) * vec4f(rgb, 1.0);
    }
    sum += weight_of(rows, row, params.to_h) * line;
  }
  let mean = vec3f(load_mean(0u), load_mean(1u), load_mean(2u));
  let deviation = vec3f(load_deviation(0u), load_deviation(1u), load_deviation(2u));
  return (sum.xyz / (255.0 * sum.w) - mean) / deviation;
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let four = group_index(group) * 64u + local;
  let quad = 3u * four;
  if quad >= params.quads { return; }
  let a = normal(4u * four);
  let b = normal(4u * four + 1u);
  let c = normal(4u * four + 2u);
  let d = normal(4u * four + 3u);
  store_y(quad, vec4f(a, b.x));
  if quad + 1u < params.quads { store_y(quad + 1u, vec4f(b.yz, c.xy)); }
  if quad + 2u < params.quads { store_y(quad + 2u, vec4f(c.z, d)); }
}
