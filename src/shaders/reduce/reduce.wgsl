// y[o, p, i] = sum, maximum or minimum over k in part p of x[o, k, i]; a "row" is four neighbouring elements of y.
// Sums go by stretches whose sums are added, so that rounding grows with n/32 + 32 and not with n (blocked summation,
// Higham, "Accuracy and stability of numerical algorithms", 4.2).
// x [outer, n, inner], y [outer, parts, inner] with parts of `chunk` elements, the last one perhaps shorter.
// OP is SUM, MAX or MIN; SQUARE is applied before, ROOT after.

const STRETCH = 32u;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let row = row_of(group_index(group), local);
  let quad = min(row, params.quads - 1u);
  let out = min(vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  let slab = out / params.inner;
  let part = slab % params.parts;
  let at = (slab / params.parts * params.n + part * params.chunk) * params.inner + out % params.inner;
  // Parts of four neighbours may differ where inner < 4: each has an end of its own.
  let count = min(vec4u(params.chunk), params.n - part * params.chunk);
  let most = max(max(count.x, count.y), max(count.z, count.w));

  let lane = lane_of(local);
  let first = four_x(at);
  var y = select(first, vec4f(), OP == SUM);
  var k = lane;
  while k < most {
    var stretch = y;
    if OP == SUM { stretch = vec4f(); }
    let end = min(most, k + STRETCH * LANES);
    for (; k < end; k += LANES) {
      let inside = vec4u(k) < count;
      let x = four_x(at + min(vec4u(k), count - 1u) * params.inner);
      if OP == MAX { stretch = select(stretch, max(stretch, x), inside); }
      else if OP == MIN { stretch = select(stretch, min(stretch, x), inside); }
      else if SQUARE { stretch += select(vec4f(), x * x, inside); }
      else { stretch += select(vec4f(), x, inside); }
    }
    if OP == SUM { y += stretch; } else { y = stretch; }
  }
  if OP == SUM { y = row_sum(y, local) * params.scale; }
  else if OP == MAX { y = row_max(y, local); }
  else { y = row_min(y, local); }
  if ROOT { y = sqrt(y); }
  // Past the end there may be a gap before the next slice of a larger buffer, which others add up: it stays 0.
  y = select(vec4f(), y, vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u) < vec4u(params.size));
  if lane == 0u && row < params.quads { store_y(quad, y); }
}
