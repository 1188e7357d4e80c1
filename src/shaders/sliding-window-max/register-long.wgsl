// Van Herk / Gil-Werman with blocks of R samples in registers, for any k > R. With k - 1 = R.skip + rest, the window
// from sample r of block b on is the end of that block, whole blocks, and a run from the start of block b + skip:
//   y = max(suffix_b[r], middle, prefix_(b + skip)[r + rest]).
// The middle is the largest of skip - 1 blocks' maxima: a sliding maximum again, R times smaller. Nothing but those
// is stored between passes, and the work for a sample does not depend on k.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let id = group_index(group) * 64u + local;
  let b = id / params.columns;
  if b >= params.blocks { return; }
  let c = id - b * params.columns;

  var y = load_block(b, c);
  for (var r = R - 1u; r > 0u; r--) { y[r - 1u] = max(y[r - 1u], y[r]); }
  if HAS_MIDDLE {
    let middle = middles[min(b + 1u, params.middles - 1u) * params.columns + c];
    for (var r = 0u; r < R; r++) { y[r] = max(y[r], middle); }
  }
  var prefix = load_two(b + params.skip, c);
  for (var t = 1u; t < 2u * R; t++) { prefix[t] = max(prefix[t], prefix[t - 1u]); }
  let reach = barrel(prefix, params.rest);
  for (var r = 0u; r < R; r++) { y[r] = max(y[r], reach[r]); }
  store_block(b, c, y);
}
