// What the chunks of a block hand on: g takes in the maximum of the chunks before its own, h of those behind. Above,
// up_g and up_h are these running maxima over chunks, already complete.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(group) * 64u + local;
  if i >= params.samples * params.step { return; }
  let q = i / params.step;
  let c = i - q * params.step;
  let block = q / params.k;
  let place = (q - block * params.k) / CHUNK;
  let chunk = block * params.chunks + place;
  if place > 0u { g[i] = max(g[i], up_g[(chunk - 1u) * params.step + c]); }
  if place + 1u < params.chunks && chunk + 1u < params.total {
    h[i] = max(h[i], up_h[(chunk + 1u) * params.step + c]);
  }
}
