// A picture and what a depthwise filter makes of it as one, parted at `split`: before on the left, after on the right.
// look 0: as a colour; 1: half as far around grey; 2: the length of both filters' answers.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(group) * 64u + local;
  if i >= params.width * params.height { return; }
  let at = (vec2f(f32(i % params.width), f32(i / params.width)) + 0.5) / vec2f(f32(params.width), f32(params.height));
  let place = vec2f(params.left, params.top) + at * params.span;
  let outside = any(place < vec2f()) || any(place >= vec2f(1.0));
  let c = min(u32(max(place.x, 0.0) * f32(params.w)), params.w - 1u);
  let r = min(u32(max(place.y, 0.0) * f32(params.h)), params.h - 1u);
  let texel = r * params.w + c;
  var colour = load_x(texel).rgb;
  if place.x >= params.split {
    let y = load_y(texel).rgb;
    colour = y;
    if params.look == 1u { colour = 0.5 + 0.5 * y; }
    if params.look == 2u {
      let z = load_z(texel).rgb;
      colour = sqrt(y * y + z * z);
    }
  }
  if outside { colour = vec3f(0.5); }
  let line = abs(place.x - params.split) / params.span * f32(params.width);
  if line < 1.0 { colour = vec3f(0.902, 0.624, 0.0); }
  pixels[i] = pack4x8unorm(vec4f(clamp(colour, vec3f(), vec3f(1.0)), 1.0));
}
