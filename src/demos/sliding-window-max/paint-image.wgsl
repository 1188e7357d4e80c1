// An image and its dilation as one picture, parted by a vertical line at `split`: before on the left, after on the
// right. A maximum stands in the middle of its window, so that things grow where they are; what no window's middle
// reaches is hatched.

fn number(bits: i32) -> f32 {
  if IS_FLOAT { return bitcast<f32>(bits); }
  return f32(bits);
}

@compute @workgroup_size(64)
fn paint(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(group) * 64u + local;
  if i >= params.width * params.height { return; }
  let place = vec2f(f32(i % params.width) + 0.5, f32(i / params.width) + 0.5);
  let size = vec2f(f32(params.width), f32(params.height));
  let at = vec2f(params.left, params.top)
    + place / size * vec2f(params.right - params.left, params.bottom - params.top);
  let c = min(u32(max(at.x, 0.0) * f32(params.w)), params.w - 1u);
  let r = min(u32(max(at.y, 0.0) * f32(params.h)), params.h - 1u);
  var v = number(x[r * params.w + c]);
  var hatched = false;
  if at.x >= params.split {
    let from_r = r - (params.kh - 1u) / 2u;
    let from_c = c - (params.kw - 1u) / 2u;
    // Below zero wraps to far beyond the end.
    hatched = from_r >= params.out_h || from_c >= params.out_w;
    if !hatched { v = number(y[from_r * params.out_w + from_c]); }
  }
  let gray = clamp((v - params.low) / max(params.high - params.low, 1e-30), 0.0, 1.0);
  var colour = vec3f(gray);
  if hatched {
    let stripe = (u32(place.x) + u32(place.y)) / 4u % 2u == 0u;
    let wash = select(vec3f(0.92, 0.93, 0.94), vec3f(0.15, 0.165, 0.19), params.dark == 1u);
    colour = select(wash, wash * 0.93, stripe);
  }
  let line = abs(at.x - params.split) / (params.right - params.left) * size.x;
  if line < 1.0 { colour = vec3f(0.902, 0.624, 0.0); }
  pixels[i] = pack4x8unorm(vec4f(colour, 1.0));
}
