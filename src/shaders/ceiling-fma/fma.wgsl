// Arithmetic and nothing else: each invocation iterates r ← a·r + b on EIGHT independent vec4 registers, so that
// neither memory nor the latency of one multiply-add bounds it. flops = n · 32 lanes · 2 · iterations.
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) workgroup_id: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(workgroup_id) * 64u + local;
  if (i >= params.n) { return; }
  let a = vec4f(params.a);
  let b = vec4f(params.b);
  let x = load_x(i);
  var r0 = vec4f(x);
  var r1 = r0 + 1.0;
  var r2 = r0 + 2.0;
  var r3 = r0 + 3.0;
  var r4 = r0 + 4.0;
  var r5 = r0 + 5.0;
  var r6 = r0 + 6.0;
  var r7 = r0 + 7.0;
  for (var k = 0u; k < params.iterations; k++) {
    r0 = fma(r0, a, b);
    r1 = fma(r1, a, b);
    r2 = fma(r2, a, b);
    r3 = fma(r3, a, b);
    r4 = fma(r4, a, b);
    r5 = fma(r5, a, b);
    r6 = fma(r6, a, b);
    r7 = fma(r7, a, b);
  }
  let sum = (r0 + r1 + r2 + r3) + (r4 + r5 + r6 + r7);
  store_y(i, sum.x + sum.y + sum.z + sum.w);
}
