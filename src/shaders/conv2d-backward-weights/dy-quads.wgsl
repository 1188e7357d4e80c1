// Channels of dy come as whole quads.

fn dy_at(pixel: u32, which: u32, column: u32) -> vec4f {
  return load_dy((pixel * params.groups + which) * params.to4 + column);
}
