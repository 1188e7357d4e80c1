// Channels of y[H, W, C] as small pictures side by side, each in viridis over its own range. `find` looks for the ranges,
// one channel to an invocation; `paint` draws `columns` pictures in a row, from channel `from` on.

@compute @workgroup_size(64)
fn find(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let c = group_index(group) * 64u + local;
  if c >= params.channels { return; }
  var low = load_y(c);
  var high = low;
  for (var i = 1u; i < params.h * params.w; i++) {
    let v = load_y(i * params.channels + c);
    low = min(low, v);
    high = max(high, v);
  }
  store_ranges(c, vec2f(low, high));
}

@compute @workgroup_size(64)
fn paint(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(group) * 64u + local;
  if i >= params.width * params.height { return; }
  let at = (vec2f(f32(i % params.width), f32(i / params.width)) + 0.5) / vec2f(f32(params.width), f32(params.height));
  let place = vec2f(params.left, params.top) + at * params.span;
  let grid = place * vec2f(f32(params.columns), f32(params.rows));
  let cell = vec2u(max(grid, vec2f()));
  let c = params.first + cell.y * params.columns + cell.x;
  // Beside the pictures, and in the gaps between them.
  let inside = (grid - floor(grid) - 0.03) / 0.94;
  let none = any(place < vec2f()) || any(place >= vec2f(1.0)) || cell.y * params.columns + cell.x >= params.shown
    || any(inside < vec2f()) || any(inside >= vec2f(1.0));
  let p = min(vec2u(max(inside, vec2f()) * vec2f(f32(params.w), f32(params.h))), vec2u(params.w - 1u, params.h - 1u));
  let known = min(c, params.channels - 1u);
  let range = load_ranges(known);
  let v = load_y((p.y * params.w + p.x) * params.channels + known);
  let t = (v - range.x) / max(range.y - range.x, 1e-20);
  let ground = select(vec3f(0.985, 0.985, 0.975), vec3f(0.09, 0.1, 0.12), params.dark == 1u);
  pixels[i] = rgba8(select(viridis(clamp(t, 0.0, 1.0)), ground, none));
}
