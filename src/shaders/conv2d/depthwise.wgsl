// Every channel by itself: a quad of channels and four neighbouring pixels of a line an invocation, so that each quad of
// weights serves four pixels; neighbouring invocations have neighbouring channels. Phases as in gather.wgsl.
// source [images, from_h, from_w, to4], weights [taps, to4], result [images, to_h, to_w, to4] of quads.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let index = group_index(group) * 64u + local;
  if index >= params.total { return; }
  let run = index / params.to4;
  let quad = index - run * params.to4;
  let strip = run / params.runs;
  let plane = strip / params.rows;
  let i = strip - plane * params.rows;
  let phase = plane / params.images;
  let image = plane - phase * params.images;
  let phase_y = phase / params.phases_w;
  let phase_x = phase - phase_y * params.phases_w;
  let down = line_of(phase_y, params.taps_h, params.stride_h, params.dilation_h, params.before_h, params.every_h);
  let across = line_of(phase_x, params.taps_w, params.stride_w, params.dilation_w, params.before_w, params.every_w);
  let rows = (params.to_h - phase_y + params.phases_h - 1u) / params.phases_h;
  let columns = (params.to_w - phase_x + params.phases_w - 1u) / params.phases_w;
  if i >= rows { return; }
  let j = (run - strip * params.runs) * 4u + vec4u(0u, 1u, 2u, 3u);
  let y0 = i32(i * params.move_h) + down.origin;
  let x0 = vec4i(j * params.move_w) + across.origin;

  var s = mat4x4f();
  for (var ty = 0u; ty < down.count; ty++) {
    let y = y0 + i32(ty) * params.step_h;
    if y < 0 || y >= i32(params.from_h) { continue; }
    let above = (image * params.from_h + u32(y)) * params.from_w;
    let tap_y = (down.first + ty * params.every_h) * params.taps_w + across.first;
    for (var tx = 0u; tx < across.count; tx++) {
      let x = x0 + i32(tx) * params.step_w;
      let seen = inside(x, params.from_w);
      let a = select(vec4u(), above + vec4u(x), seen) * params.to4 + quad;
      let w = load_weights((tap_y + tx * params.every_w) * params.to4 + quad);
      s[0] = fma(select(vec4f(), load_source(a.x), seen.x), w, s[0]);
      s[1] = fma(select(vec4f(), load_source(a.y), seen.y), w, s[1]);
      s[2] = fma(select(vec4f(), load_source(a.z), seen.z), w, s[2]);
      s[3] = fma(select(vec4f(), load_source(a.w), seen.w), w, s[3]);
    }
  }
  let to = ((image * params.to_h + phase_y + i * params.phases_h) * params.to_w + phase_x + j * params.phases_w)
    * params.to4 + quad;
  if j.x < columns { put_quad(to.x, 0u, quad, s[0]); }
  if j.y < columns { put_quad(to.y, 0u, quad, s[1]); }
  if j.z < columns { put_quad(to.z, 0u, quad, s[2]); }
  if j.w < columns { put_quad(to.w, 0u, quad, s[3]); }
}
