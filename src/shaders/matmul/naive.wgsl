// C = act(alpha.op(A).op(B) + bias) + residual, every element by itself and from any layout: what the other variants are held
// against. Four neighbouring elements of C an invocation, since halves are not stored one by one; strides in elements.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let element = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.batches * params.M * params.N - 1u));
  let row = element / params.N;
  let column = element - row * params.N;
  let batch = row / params.M;
  let a = vec4u(a_plane(batch.x), a_plane(batch.y), a_plane(batch.z), a_plane(batch.w))
    + (row - batch * params.M) * params.a_row;
  let b = vec4u(b_plane(batch.x), b_plane(batch.y), b_plane(batch.z), b_plane(batch.w)) + column * params.b_column;
  var total = vec4f();
  // Sums in f16 are taken into an f32 after every `chunk`; others have one chunk.
  for (var start = 0u; start < params.K; start += params.chunk) {
    var sum = num4();
    for (var k = start; k < min(start + params.chunk, params.K); k++) {
      let i = a + k * params.a_k;
      let j = b + k * params.b_k;
      sum = sum_products(sum,
        num4(vec4f(load_a(i.x), load_a(i.y), load_a(i.z), load_a(i.w))),
        num4(vec4f(load_b(j.x), load_b(j.y), load_b(j.z), load_b(j.w))));
    }
    total += vec4f(sum);
  }
  var bias = vec4f();
  if params.has_bias != 0u {
    // One for each column; where A and B changed places there is only one.
    let which = min(column, vec4u(params.has_bias - 1u));
    bias = vec4f(load_bias(which.x), load_bias(which.y), load_bias(which.z), load_bias(which.w));
  }
  store_c(params.c_at + quad, with_residual(params.c_at + quad, epilogue(total, bias)));
}
