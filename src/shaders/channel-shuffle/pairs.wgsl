// Halves a and b of a pixel's channels, of half quads each: a0 b0 a1 b1 ... from a b, or where APART back again. Two quads
// an invocation.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let index = group_index(group) * 64u + local;
  if index >= params.pairs { return; }
  let pixel = index / params.half;
  let near = 2u * index;
  let far = pixel * 2u * params.half + (index - pixel * params.half);
  if APART {
    let p = load_x(near);
    let q = load_x(near + 1u);
    store_y(far, vec4f(p.xz, q.xz));
    store_y(far + params.half, vec4f(p.yw, q.yw));
  } else {
    let a = load_x(far);
    let b = load_x(far + params.half);
    store_y(near, vec4f(a.x, b.x, a.y, b.y));
    store_y(near + 1u, vec4f(a.z, b.z, a.w, b.w));
  }
}
