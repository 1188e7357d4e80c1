// The nearest pixel, or the two nearest of two lines by their shares: a quad of channels of one pixel an invocation.
// x [N, in_h, in_w, c4], y [N, out_h, out_w, c4] of quads.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let index = group_index(group) * 64u + local;
  if index >= params.total { return; }
  let pixel = index / params.C;
  let quad = index - pixel * params.C;
  let line = pixel / params.out_w;
  let image = line / params.out_h;
  let y = source_of(vec4u(line - image * params.out_h), params.multiply_h, params.add_h, params.divide_h, params.in_h);
  let x = source_of(vec4u(pixel - line * params.out_w), params.multiply_w, params.add_w, params.divide_w, params.in_w);
  let upper = (image * params.in_h + y.first.x) * params.in_w;
  let a = load_x((upper + x.first.x) * params.C + quad);
  if !BILINEAR { store_y(index, a); return; }
  let lower = (image * params.in_h + y.second.x) * params.in_w;
  let b = load_x((upper + x.second.x) * params.C + quad);
  let c = load_x((lower + x.first.x) * params.C + quad);
  let d = load_x((lower + x.second.x) * params.C + quad);
  store_y(index, mix(mix(a, b, x.share.x), mix(c, d, x.share.x), y.share.x));
}
