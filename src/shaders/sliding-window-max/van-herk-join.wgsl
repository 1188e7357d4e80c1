// Van Herk / Gil-Werman, last pass: the window from q on is the end of one block and the start of the next,
//   y[q] = max(h[q], g[q + k - 1]).
// Where blocks are cut into chunks, each side takes in what the chunks above carry. Four samples an invocation.

fn window(i: u32) -> i32 {
  let q = i / params.step;
  let c = i - q * params.step;
  let e = q + params.k - 1u;
  if e >= params.samples { return 0; }
  var left = h[i];
  var right = g[e * params.step + c];
  if HAS_TOPS {
    let block = q / params.k;
    let place = (q - block * params.k) / CHUNK;
    if place + 1u < params.chunks { left = max(left, up_h[(block * params.chunks + place + 1u) * params.step + c]); }
    let next = e / params.k;
    let reach = (e - next * params.k) / CHUNK;
    if reach > 0u { right = max(right, up_g[(next * params.chunks + reach - 1u) * params.step + c]); }
  }
  return max(left, right);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i4 = group_index(group) * 64u + local;
  let i = i4 * 4u;
  if i >= params.outputs { return; }
  emit4(i4, vec4i(window(i), window(i + 1u), window(i + 2u), window(i + 3u)));
}
