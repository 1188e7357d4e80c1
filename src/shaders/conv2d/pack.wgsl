// Weights as gather.wgsl wants them: [groups, taps, rows, quads] of quads of columns, zeros past the last column.
// Forward, rows are input channels and columns output channels; for the gradient of x the other way round.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(group) * 64u + local;
  if i >= params.total { return; }
  let line = i / params.quads;
  let column = 4u * (i - line * params.quads) + vec4u(0u, 1u, 2u, 3u);
  let plane = line / params.rows;
  let row = line - plane * params.rows;
  let which = plane / params.taps;
  let at = which * params.group_size + plane - which * params.taps + row * params.row_step
    + min(column, vec4u(params.columns - 1u)) * params.column_step;
  let w = vec4f(load_w(at.x), load_w(at.y), load_w(at.z), load_w(at.w));
  store_packed(i, select(vec4f(), w, column < vec4u(params.columns)));
}
