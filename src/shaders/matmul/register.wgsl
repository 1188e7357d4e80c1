// C = act(alpha.A.B + bias) in registers alone, for adapters that run on a CPU without subgroups: an invocation owns
// 4 x 8 elements and takes four k at a time, so that each load serves many multiply-adds and each sum is touched once
// for four products. All lanes read the same columns of B.
// A [M, K4] and B [K, N4] as quads; rows and columns past the end repeat the last and are not stored.

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = tile_of(group_index(group));
  let row = (tile.m * WG + lane) * 4u;
  let quad = tile.n * 2u;
  let a = a_plane(tile.batch) + min(vec4u(row) + vec4u(0u, 1u, 2u, 3u), vec4u(params.M - 1u)) * params.K4;
  let b = b_plane(tile.batch) + min(vec2u(quad, quad + 1u), vec2u(params.N4 - 1u));
  var t0 = mat4x4f(); var t1 = mat4x4f();
  for (var start = tile.first; start < tile.last; start += params.chunk) {
    let last = min(start + params.chunk, tile.last);
    var c0 = block(); var c1 = block();
    for (var k = start; k < last; k++) {
      let x = block(num4(load_a(a.x + k)), num4(load_a(a.y + k)), num4(load_a(a.z + k)), num4(load_a(a.w + k)));
      c0 = add_product(c0, x, four_rows(b.x + 4u * k * params.N4));
      c1 = add_product(c1, x, four_rows(b.y + 4u * k * params.N4));
    }
    t0 += wide(c0); t1 += wide(c1);
    // Where one chunk is all, the totals need not live beside the sums.
    if !CHUNKED { break; }
  }
  put_rows(tile, row, quad, t0);
  put_rows(tile, row, quad + 1u, t1);
}

fn four_rows(i: u32) -> block {
  return block(num4(load_b(i)), num4(load_b(i + params.N4)), num4(load_b(i + 2u * params.N4)),
    num4(load_b(i + 3u * params.N4)));
}
