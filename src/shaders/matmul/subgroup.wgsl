// C = act(alpha.A.B + bias), A passed around subgroups: each lane loads another quad of k of eight rows of A, in one go
// for the whole subgroup, and every lane takes them all in turn. An invocation owns eight rows of one quad of columns,
// whichever subgroup it is in. A [M, K4] and B [K, N4] as quads; rows and columns past the end repeat the last.

// Loops depend on the size of the subgroup alone, which is the same for all its lanes; the analysis cannot know.
@diagnostic(off, subgroup_uniformity)
@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) local: u32,
  @builtin(subgroup_invocation_id) lane: u32,
  @builtin(subgroup_size) size: u32,
) {
  let tile = tile_of(group_index(group));
  let row = tile.m * 8u;
  let quad = tile.n * WG + local;
  let rows = vec4u(row) + vec4u(0u, 1u, 2u, 3u);
  let a0 = a_plane(tile.batch) + min(rows, vec4u(params.M - 1u)) * params.K4;
  let a1 = a_plane(tile.batch) + min(rows + 4u, vec4u(params.M - 1u)) * params.K4;
  let b = b_plane(tile.batch) + min(quad, params.N4 - 1u);
  var t0 = mat4x4f(); var t1 = mat4x4f();
  for (var start = tile.first; start < tile.last; start += params.chunk) {
    let last = min(start + params.chunk, tile.last);
    var c0 = block(); var c1 = block();
    for (var k = start; k < last; k += size) {
      let mine = min(k + lane, last - 1u);
      let x0 = four_rows(a0 + mine);
      let x1 = four_rows(a1 + mine);
      let count = min(size, last - k);
      for (var j = 0u; j < count; j++) {
        let i = b + 4u * (k + j) * params.N4;
        let y = block(num4(load_b(i)), num4(load_b(i + params.N4)), num4(load_b(i + 2u * params.N4)),
          num4(load_b(i + 3u * params.N4)));
        c0 = add_product(c0, lane_of(x0, j), y);
        c1 = add_product(c1, lane_of(x1, j), y);
      }
    }
    t0 += wide(c0); t1 += wide(c1);
    if !CHUNKED { break; }
  }
  put_rows(tile, row, quad, t0);
  put_rows(tile, row + 4u, quad, t1);
}

fn four_rows(i: vec4u) -> block {
  return block(num4(load_a(i.x)), num4(load_a(i.y)), num4(load_a(i.z)), num4(load_a(i.w)));
}

fn lane_of(x: block, j: u32) -> block {
  return block(subgroupShuffle(x[0], j), subgroupShuffle(x[1], j), subgroupShuffle(x[2], j), subgroupShuffle(x[3], j));
}
