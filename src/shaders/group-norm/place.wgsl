// A row is one group of one image: x [images, pixels, C] has C/share groups of share neighbouring channels each. Its
// elements are numbered pixel by pixel, and four of them lie at four places of x.

fn row_elements() -> u32 { return params.pixels * params.share; }

fn element(k: u32) -> vec4u {
  return min(vec4u(k) + vec4u(0u, 1u, 2u, 3u), vec4u(row_elements() - 1u));
}

fn inside(k: u32) -> vec4<bool> {
  return vec4u(k) + vec4u(0u, 1u, 2u, 3u) < vec4u(row_elements());
}

fn channel_of(row: u32, e: vec4u) -> vec4u {
  return row % params.groups * params.share + e % params.share;
}

fn place_of(row: u32, e: vec4u) -> vec4u {
  let pixel = row / params.groups * params.pixels + e / params.share;
  return pixel * params.groups * params.share + channel_of(row, e);
}
