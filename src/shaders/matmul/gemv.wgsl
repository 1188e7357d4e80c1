// C = act(alpha.A.op(B) + bias) for up to eight rows of A: as fast as B can be read, each element once. QUADS invocations
// of a workgroup have four columns each, and SLICES share their k, every one taking its own in turn; where there are
// several slices, their sums are added up through workgroup memory. Neighbours read what lies side by side in memory:
// columns of B [K, N], or k of B [N, K] where TURNED.
// A [M, K4] as quads; rows and columns past the end repeat the last and are not stored.

// From an invocation to the one with the next slice of the same columns.
const NEXT = select(QUADS, 1u, TURNED);

// [QUADS * SLICES, ROWS] of quads.
var<workgroup> parts: array<vec4f, QUADS * SLICES * ROWS>;

@compute @workgroup_size(QUADS * SLICES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let tile = tile_of(group_index(group));
  let slice = select(local / QUADS, local % SLICES, TURNED);
  let quad = tile.n * QUADS + select(local % QUADS, local / SLICES, TURNED);
  let a = a_plane(tile.batch);
  let rows = vec4u(0u, 1u, 2u, 3u);
  let a0 = a + min(rows, vec4u(params.M - 1u)) * params.K4;
  let a1 = a + min(rows + 4u, vec4u(params.M - 1u)) * params.K4;
  var b = b_plane(tile.batch) + rows * params.N4 + min(quad, params.N4 - 1u);
  if TURNED { b = b_plane(tile.batch) + min(4u * quad + rows, vec4u(params.N - 1u)) * params.K4; }
  let step = select(4u * params.N4, 1u, TURNED);
  var one = vec4f();
  var c0 = mat4x4f();
  var c1 = mat4x4f();
  for (var k = tile.first + slice; k < tile.last; k += SLICES) {
    let i = b + k * step;
    let read = mat4x4f(load_b(i.x), load_b(i.y), load_b(i.z), load_b(i.w));
    if ROWS == 1u {
      let x = load_a(a + k);
      if TURNED { one += x * read; } else { one += read * x; }
    } else {
      var y = read;
      if TURNED { y = transpose(read); }
      c0 = add_product(c0, four_rows(a0 + k), y);
      if ROWS > 4u { c1 = add_product(c1, four_rows(a1 + k), y); }
    }
  }
  if SLICES == 1u {
    if ROWS == 1u { put_row(tile, 0u, quad, one); } else { put_rows(tile, 0u, quad, c0); }
    if ROWS > 4u { put_rows(tile, 4u, quad, c1); }
    return;
  }
  let mine = local * ROWS;
  if ROWS == 1u { parts[mine] = one; } else { keep(mine, c0); }
  if ROWS > 4u { keep(mine + 4u, c1); }
  workgroupBarrier();
  // Each slice adds up another row.
  let first = local - slice * NEXT;
  for (var row = slice; row < ROWS; row += SLICES) {
    var sum = vec4f();
    for (var i = 0u; i < SLICES; i++) { sum += parts[(first + i * NEXT) * ROWS + row]; }
    put_row(tile, row, quad, sum);
  }
}

fn four_rows(i: vec4u) -> block { return block(load_a(i.x), load_a(i.y), load_a(i.z), load_a(i.w)); }

fn keep(at: u32, x: mat4x4f) {
  parts[at] = x[0];
  parts[at + 1u] = x[1];
  parts[at + 2u] = x[2];
  parts[at + 3u] = x[3];
}
