// Windows of k <= R samples: log-step doubling within the registers. A block and the next hold every window that
// starts in the block; runs of 1, 2, 4, 8 samples are joined in place, and two that overlap by `last` make the window.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let id = group_index(group) * 64u + local;
  let b = id / params.columns;
  if b >= params.blocks { return; }
  let c = id - b * params.columns;

  var v = load_two(b, c);
  if params.k >= 2u { for (var t = 0u; t + 1u < 2u * R; t++) { v[t] = max(v[t], v[t + 1u]); } }
  if params.k >= 4u { for (var t = 0u; t + 2u < 2u * R; t++) { v[t] = max(v[t], v[t + 2u]); } }
  if params.k >= 8u { for (var t = 0u; t + 4u < 2u * R; t++) { v[t] = max(v[t], v[t + 4u]); } }
  if params.k >= 16u { for (var t = 0u; t + 8u < 2u * R; t++) { v[t] = max(v[t], v[t + 8u]); } }
  let overlap = barrel(v, params.last);
  var y: array<item, R>;
  for (var r = 0u; r < R; r++) { y[r] = max(v[r], overlap[r]); }
  store_block(b, c, y);
}
