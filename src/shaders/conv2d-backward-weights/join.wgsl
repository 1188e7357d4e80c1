// dw: the parts' sums added in order instead of by atomics, so that the numbers are the same every time; four
// neighbouring weights an invocation. parts [parts, groups, rows, to_row] of quads, a row being (tap, input channel);
// dw [groups.c_out, c_in, taps].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let element = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.size - 1u));
  let line = element / params.taps;
  let out = line / params.c_in;
  let row = (element - line * params.taps) * params.c_in + line - out * params.c_in;
  let which = out / params.c_out;
  let at = (which * params.rows + row) * params.to_row * 4u + out - which * params.c_out;
  var sum = vec4f();
  for (var part = 0u; part < params.parts; part++) {
    let i = at + part * params.part_size;
    sum += vec4f(load_sums(i.x), load_sums(i.y), load_sums(i.z), load_sums(i.w));
  }
  store_dw(quad, sum);
}
