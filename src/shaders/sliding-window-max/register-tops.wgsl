// The maxima of blocks of R samples: all that long windows need to know of their middle.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let id = group_index(group) * 64u + local;
  let b = id / params.columns;
  if b >= params.blocks { return; }
  let block = load_block(b, id - b * params.columns);
  var top = block[0];
  for (var r = 1u; r < R; r++) { top = max(top, block[r]); }
  tops[id] = top;
}
