// C = act(alpha.op(A).op(B) + bias) by tiles in workgroup memory, for GPUs. A workgroup has TILE x TILE elements of C and
// an invocation 8 x 8 of them: four blocks, half a tile apart, so that neighbours read neighbouring quads. For TILE/8 k at
// a time, half of the invocations fetch a 4 x 4 block of A each and half one of B, while the last ones are multiplied:
// each element fetched serves TILE multiply-adds, each quad read from workgroup memory sixteen.
// A [M, K] or, where a_turned, [K, M]; B [K, N] or, where b_turned, [N, K]; rows of a_row and b_row quads.

const SIDE = TILE / 8u;
const HALF = SIDE * SIDE / 2u;
// Quads of k and of rows (or columns) in a stage.
const DEEP = TILE / 32u;
const QUADS = TILE / 4u;

var<workgroup> left: array<num4, TILE / 8u * QUADS>;
var<workgroup> right: array<num4, TILE / 8u * QUADS>;

@compute @workgroup_size(SIDE * SIDE)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let tile = tile_of(group_index(group));
  let fetches_a = local < HALF;
  let mine = Fetch(tile, fetches_a, select(local - HALF, local, fetches_a));
  let column = local % SIDE;
  let row = local / SIDE;
  var t00 = mat4x4f(); var t01 = mat4x4f(); var t10 = mat4x4f(); var t11 = mat4x4f();
  var c00 = block(); var c01 = block(); var c10 = block(); var c11 = block();
  var next = fetch(mine, tile.first);
  for (var k = tile.first; k < tile.last; k += DEEP) {
    workgroupBarrier();
    keep(mine, next);
    workgroupBarrier();
    next = fetch(mine, k + DEEP);
    for (var i = 0u; i < select(params.depth, 4u * DEEP, UNROLL); i++) {
      let a0 = left[place(i, row)];
      let a1 = left[place(i, row + SIDE)];
      let b0 = right[place(i, column)];
      let b1 = right[place(i, column + SIDE)];
      c00 = add_outer(c00, a0, b0); c01 = add_outer(c01, a0, b1);
      c10 = add_outer(c10, a1, b0); c11 = add_outer(c11, a1, b1);
    }
    if CHUNKED && (k + DEEP - tile.first) % params.chunk == 0u {
      t00 += wide(c00); t01 += wide(c01); t10 += wide(c10); t11 += wide(c11);
      c00 = block(); c01 = block(); c10 = block(); c11 = block();
    }
  }
  let m = tile.m * TILE + 4u * row;
  let n = tile.n * QUADS + column;
  put_rows(tile, m, n, t00 + wide(c00));
  put_rows(tile, m, n + SIDE, t01 + wide(c01));
  put_rows(tile, m + TILE / 2u, n, t10 + wide(c10));
  put_rows(tile, m + TILE / 2u, n + SIDE, t11 + wide(c11));
}

// One 4 x 4 block of a stage, of A or of B.
struct Fetch { tile: Tile, of_a: bool, index: u32 }

// Whether k runs along the rows of the operand: A as it is, B turned.
fn k_along(f: Fetch) -> bool { return (f.of_a && params.a_turned == 0u) || (!f.of_a && params.b_turned != 0u); }

// Quad of k and quad of rows (or columns) of the block: those neighbour that lie side by side in memory.
fn block_of(f: Fetch) -> vec2u {
  if k_along(f) { return vec2u(f.index % DEEP, f.index / DEEP); }
  return vec2u(f.index / QUADS, f.index % QUADS);
}

// Rows count k, columns count rows of A or columns of B; zeros past the last k.
fn fetch(f: Fetch, first: u32) -> block {
  let at = block_of(f);
  let k = first + at.x;
  if k >= f.tile.last { return block(); }
  let quad = select(f.tile.n, f.tile.m, f.of_a) * QUADS + at.y;
  let size = select(4u * params.N4, params.M, f.of_a);
  let row = select(params.b_row, params.a_row, f.of_a);
  let lines = vec4u(0u, 1u, 2u, 3u);
  var i = (4u * k + lines) * row + min(quad, (size - 1u) / 4u);
  if k_along(f) { i = min(4u * quad + lines, vec4u(select(params.N, size, f.of_a) - 1u)) * row + k; }
  var x: block;
  if f.of_a {
    i += a_plane(f.tile.batch);
    x = block(num4(load_a(i.x)), num4(load_a(i.y)), num4(load_a(i.z)), num4(load_a(i.w)));
  } else {
    i += b_plane(f.tile.batch);
    x = block(num4(load_b(i.x)), num4(load_b(i.y)), num4(load_b(i.z)), num4(load_b(i.w)));
  }
  if k_along(f) { return transpose(x); }
  return x;
}

fn keep(f: Fetch, x: block) {
  let at = block_of(f);
  if f.of_a {
    left[place(4u * at.x, at.y)] = x[0];
    left[place(4u * at.x + 1u, at.y)] = x[1];
    left[place(4u * at.x + 2u, at.y)] = x[2];
    left[place(4u * at.x + 3u, at.y)] = x[3];
  } else {
    right[place(4u * at.x, at.y)] = x[0];
    right[place(4u * at.x + 1u, at.y)] = x[1];
    right[place(4u * at.x + 2u, at.y)] = x[2];
    right[place(4u * at.x + 3u, at.y)] = x[3];
  }
}

// Quad `quad` of k: turned about by its quad of k, so that blocks which neighbour along k are kept in different banks.
fn place(k: u32, quad: u32) -> u32 { return k * QUADS + (quad ^ (k / 4u * (8u / DEEP))); }
