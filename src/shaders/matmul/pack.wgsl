// An operand in the layout that kernels want: planes of rows that are whole quads, transposed where that is asked for
// (by its strides), zeros past the end. packed [planes, rows_out, quads]; a quad an invocation.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(group) * 64u + local;
  if i >= params.total { return; }
  let line = i / params.quads;
  let plane = line / params.rows_out;
  let row = line - plane * params.rows_out;
  let column = vec4u(4u * (i - line * params.quads)) + vec4u(0u, 1u, 2u, 3u);
  let at = plane * params.rows * params.columns + min(row, params.rows - 1u) * params.row_stride
    + min(column, vec4u(params.columns - 1u)) * params.column_stride;
  let x = vec4f(load_source(at.x), load_source(at.y), load_source(at.z), load_source(at.w));
  store_packed(i, select(vec4f(), x, (column < vec4u(params.columns)) & vec4<bool>(row < params.rows)));
}
