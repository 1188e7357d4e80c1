// Channels of dy come one by one; those past the group's last are not looked at again.

fn dy_at(pixel: u32, which: u32, column: u32) -> vec4f {
  let at = (pixel * params.groups + which) * params.c_out
    + min(4u * column + vec4u(0u, 1u, 2u, 3u), vec4u(params.c_out - 1u));
  return vec4f(load_dy(at.x), load_dy(at.y), load_dy(at.z), load_dy(at.w));
}
