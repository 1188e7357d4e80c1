// The definition: y[r, c] = max of x[r + a, c + b] over a < kh, b < kw. One invocation a sample, kh.kw loads each.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(group) * 64u + local;
  if i >= params.out_h * params.out_w { return; }
  let corner = i / params.out_w * params.w + i % params.out_w;
  var largest = x[corner];
  if IS_FLOAT { largest = ordered(largest); }
  for (var a = 0u; a < params.kh; a++) {
    for (var b = 0u; b < params.kw; b++) {
      var v = x[corner + a * params.w + b];
      if IS_FLOAT { v = ordered(v); }
      largest = max(largest, v);
    }
  }
  if IS_FLOAT { largest = ordered(largest); }
  y[i] = largest;
}
