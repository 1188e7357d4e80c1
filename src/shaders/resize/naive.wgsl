// The nearest pixel, or the two nearest of two lines by their shares, for any number of channels: four neighbouring
// elements of y an invocation, since halves are not stored one by one. x [N, in_h, in_w, C], y [N, out_h, out_w, C].

fn four(i: vec4u) -> vec4f { return vec4f(load_x(i.x), load_x(i.y), load_x(i.z), load_x(i.w)); }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let element = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.total - 1u));
  let pixel = element / params.C;
  let channel = element - pixel * params.C;
  let line = pixel / params.out_w;
  let image = line / params.out_h;
  let y = source_of(line - image * params.out_h, params.multiply_h, params.add_h, params.divide_h, params.in_h);
  let x = source_of(pixel - line * params.out_w, params.multiply_w, params.add_w, params.divide_w, params.in_w);
  let upper = (image * params.in_h + y.first) * params.in_w;
  let a = four((upper + x.first) * params.C + channel);
  if !BILINEAR { store_y(quad, a); return; }
  let lower = (image * params.in_h + y.second) * params.in_w;
  let b = four((upper + x.second) * params.C + channel);
  let c = four((lower + x.first) * params.C + channel);
  let d = four((lower + x.second) * params.C + channel);
  store_y(quad, mix(mix(a, b, x.share), mix(c, d, x.share), y.share));
}
