// Each particle's disc added to what covers the pixels: a pixel takes clamp(radius + 1/2 - distance, 0, 1) of it, the
// distance being that of its centre, in 255ths, so that sums are whole and no order changes them. counts [height, width].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(group) * 64u + local;
  if i >= params.n { return; }
  let size = vec2f(f32(params.width), f32(params.height));
  let p = (load_x(i) - vec2f(params.left, params.top)) * vec2f(params.across, params.down);
  let reach = params.radius + 0.5;
  // Compared as floats: what is far outside has no integer.
  if !(all(p > vec2f(-reach)) && all(p < size + reach)) { return; }
  let low = max(floor(p - reach), vec2f());
  let high = min(floor(p + reach), size - 1.0);
  for (var y = low.y; y <= high.y; y += 1.0) {
    for (var x = low.x; x <= high.x; x += 1.0) {
      let share = clamp(reach - distance(vec2f(x, y) + 0.5, p), 0.0, 1.0);
      let amount = u32(share * 255.0 + 0.5);
      if amount > 0u { atomicAdd(&counts[u32(y) * params.width + u32(x)], amount); }
    }
  }
}
