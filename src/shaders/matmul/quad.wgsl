// C = act(alpha.A.B + bias) in registers, rows of B passed around quads: the four lanes of a quad each load one of four
// k, and every lane takes all four from its neighbours, a quarter of the loads. An invocation owns 4 x 16 elements,
// or 8 x 32 where WIDE, and takes four k at a time, so that each sum is touched once for four products.
// All lanes have the same columns. A [M, K4] and B [K, N4] as quads; rows and columns past the end repeat the last
// and are not stored.

const ROWS = select(4u, 8u, WIDE);
const QUADS = select(4u, 8u, WIDE);

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
  @builtin(subgroup_invocation_id) sublane: u32,
) {
  let tile = tile_of(group_index(group));
  let row = (tile.m * WG + lane) * ROWS;
  let quad = tile.n * QUADS;
  let rows = vec4u(row) + vec4u(0u, 1u, 2u, 3u);
  let plane = a_plane(tile.batch);
  let a0 = plane + min(rows, vec4u(params.M - 1u)) * params.K4;
  let a1 = plane + min(rows + 4u, vec4u(params.M - 1u)) * params.K4;
  let mine = b_plane(tile.batch) + (sublane & 3u) * params.N4;
  let quads = vec4u(quad) + vec4u(0u, 1u, 2u, 3u);
  let b0 = mine + min(quads, vec4u(params.N4 - 1u));
  let b1 = mine + min(quads + 4u, vec4u(params.N4 - 1u));

  var t00 = mat4x4f(); var t01 = mat4x4f(); var t02 = mat4x4f(); var t03 = mat4x4f();
  var t04 = mat4x4f(); var t05 = mat4x4f(); var t06 = mat4x4f(); var t07 = mat4x4f();
  var t10 = mat4x4f(); var t11 = mat4x4f(); var t12 = mat4x4f(); var t13 = mat4x4f();
  var t14 = mat4x4f(); var t15 = mat4x4f(); var t16 = mat4x4f(); var t17 = mat4x4f();
  for (var start = tile.first; start < tile.last; start += params.chunk) {
    let last = min(start + params.chunk, tile.last);
    var c00 = block(); var c01 = block(); var c02 = block(); var c03 = block();
    var c04 = block(); var c05 = block(); var c06 = block(); var c07 = block();
    var c10 = block(); var c11 = block(); var c12 = block(); var c13 = block();
    var c14 = block(); var c15 = block(); var c16 = block(); var c17 = block();
    for (var k = start; k < last; k++) {
      let j = 4u * k * params.N4;
      let x = four_rows(a0 + k);
      if WIDE {
        let y = four_rows(a1 + k);
        let p0 = across(b0.x + j); c00 = add_product(c00, x, p0); c10 = add_product(c10, y, p0);
        let p1 = across(b0.y + j); c01 = add_product(c01, x, p1); c11 = add_product(c11, y, p1);
        let p2 = across(b0.z + j); c02 = add_product(c02, x, p2); c12 = add_product(c12, y, p2);
        let p3 = across(b0.w + j); c03 = add_product(c03, x, p3); c13 = add_product(c13, y, p3);
        let p4 = across(b1.x + j); c04 = add_product(c04, x, p4); c14 = add_product(c14, y, p4);
        let p5 = across(b1.y + j); c05 = add_product(c05, x, p5); c15 = add_product(c15, y, p5);
        let p6 = across(b1.z + j); c06 = add_product(c06, x, p6); c16 = add_product(c16, y, p6);
        let p7 = across(b1.w + j); c07 = add_product(c07, x, p7); c17 = add_product(c17, y, p7);
      } else {
        c00 = add_product(c00, x, across(b0.x + j));
        c01 = add_product(c01, x, across(b0.y + j));
        c02 = add_product(c02, x, across(b0.z + j));
        c03 = add_product(c03, x, across(b0.w + j));
      }
    }
    t00 += wide(c00); t01 += wide(c01); t02 += wide(c02); t03 += wide(c03);
    if WIDE {
      t04 += wide(c04); t05 += wide(c05); t06 += wide(c06); t07 += wide(c07);
      t10 += wide(c10); t11 += wide(c11); t12 += wide(c12); t13 += wide(c13);
      t14 += wide(c14); t15 += wide(c15); t16 += wide(c16); t17 += wide(c17);
    }
    // Where one chunk is all, the totals need not live beside the sums.
    if !CHUNKED { break; }
  }
  put_rows(tile, row, quad, t00); put_rows(tile, row, quad + 1u, t01);
  put_rows(tile, row, quad + 2u, t02); put_rows(tile, row, quad + 3u, t03);
  if WIDE {
    put_rows(tile, row, quad + 4u, t04); put_rows(tile, row, quad + 5u, t05);
    put_rows(tile, row, quad + 6u, t06); put_rows(tile, row, quad + 7u, t07);
    put_rows(tile, row + 4u, quad, t10); put_rows(tile, row + 4u, quad + 1u, t11);
    put_rows(tile, row + 4u, quad + 2u, t12); put_rows(tile, row + 4u, quad + 3u, t13);
    put_rows(tile, row + 4u, quad + 4u, t14); put_rows(tile, row + 4u, quad + 5u, t15);
    put_rows(tile, row + 4u, quad + 6u, t16); put_rows(tile, row + 4u, quad + 7u, t17);
  }
}

fn four_rows(i: vec4u) -> block {
  return block(num4(load_a(i.x)), num4(load_a(i.y)), num4(load_a(i.z)), num4(load_a(i.w)));
}

// What the four lanes of this quad load, the same in each.
fn across(i: u32) -> block {
  let x = num4(load_b(i));
  return block(quadBroadcast(x, 0u), quadBroadcast(x, 1u), quadBroadcast(x, 2u), quadBroadcast(x, 3u));
}
