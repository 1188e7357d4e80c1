// dq, or dk and dv, with tiles in workgroup memory, for GPUs (Dao, FlashAttention-2, 2023, Alg. 2). Both passes are
// this shader; of-queries.wgsl and of-keys.wgsl say which side a workgroup owns ROWS rows of, while the others that
// they see stream past, OTHERS at a time. a is what scores are made of (q and k), b what dp is (do and v):
//   s = scale.a.other_a,  p = e^(s - lse),  dp = b.other_b,  ds = p.(dp - delta)
//   da += scale.ds.other_a,  db += p.other_b
//
// TX = OTHERS/4 invocations across, ROWS/MICRO down. Invocation (x, y) makes p and ds of rows y + i*TY with others
// x + n*TX, then columns x, x + TX, … (vec4) of the sums of the same rows. Strides are odd in vec4: neighbours read
// neighbouring rows without bank conflicts. All as vec4; ROOM >= D/4 columns.

const STRIDE = ROOM | 1u;
const TX = OTHERS / 4u;
const TY = ROWS / MICRO;
const WG = TX * TY;
const W_STRIDE = TX | 1u;
const COLUMNS = (ROOM + TX - 1u) / TX;

var<workgroup> tile_a: array<vec4<elem>, ROWS * STRIDE>;
var<workgroup> tile_b: array<vec4<elem>, ROWS * STRIDE>;
var<workgroup> tile_other_a: array<vec4<elem>, OTHERS * STRIDE>;
var<workgroup> tile_other_b: array<vec4<elem>, OTHERS * STRIDE>;
// p while db is summed, ds while da is.
var<workgroup> tile_w: array<vec4f, ROWS * W_STRIDE>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let rows = row_count();
  let tiles = (rows + ROWS - 1u) / ROWS;
  let index = group_index(group);
  let plane = index / tiles;
  let first = (index - plane * tiles) * ROWS;
  let last = min(first + ROWS, rows) - 1u;
  // Of every two neighbours one x, of every two pairs one y: 128-bit reads of workgroup memory then serve half a warp.
  let x = local / 2u % TX;
  let y = local / (2u * TX) * 2u + local % 2u;
  // On a CPU long unrolled loops take seconds to compile: there their lengths are no constants.
  let d4 = select(params.d4, ROOM, UNROLL);
  let across = select(params.TX, TX, UNROLL);
  let micro = select(params.MICRO, MICRO, UNROLL);
  let columns = (d4 + TX - 1u) / TX;

  for (var i = local; i < ROWS * d4; i += WG) {
    let r = i / d4;
    let c = i - r * d4;
    let at = row_place(plane, min(first + r, last)) * d4 + c;
    tile_a[r * STRIDE + c] = vec4<elem>(load_a(at));
    tile_b[r * STRIDE + c] = vec4<elem>(load_b(at));
  }

  var da: array<vec4f, MICRO * COLUMNS>;
  var db: array<vec4f, MICRO * COLUMNS>;
  let seen = others_seen(first, last);
  for (var j0 = seen.x; j0 < seen.y; j0 += OTHERS) {
    let count = min(OTHERS, seen.y - j0);
    for (var i = local; i < OTHERS * d4; i += WG) {
      let j = i / d4;
      let c = i - j * d4;
      var a = vec4f();
      var b = vec4f();
      if j < count {
        let at = other_place(plane, j0 + j) * d4 + c;
        a = load_other_a(at);
        b = load_other_b(at);
      }
      tile_other_a[j * STRIDE + c] = vec4<elem>(a);
      tile_other_b[j * STRIDE + c] = vec4<elem>(b);
    }
    workgroupBarrier();

    // Transposed, products add up component by component: multiply-adds, no sums across.
    var s = array<vec4f, MICRO>();
    for (var c = 0u; c < d4; c++) {
      let at = x * STRIDE + c;
      let o = transpose(mat4x4f(
        vec4f(tile_other_a[at]), vec4f(tile_other_a[at + TX * STRIDE]),
        vec4f(tile_other_a[at + 2u * TX * STRIDE]), vec4f(tile_other_a[at + 3u * TX * STRIDE])));
      for (var i = 0u; i < micro; i++) {
        let a = vec4f(tile_a[(y + i * TY) * STRIDE + c]);
        s[i] += a.x * o[0];
        s[i] += a.y * o[1];
        s[i] += a.z * o[2];
        s[i] += a.w * o[3];
      }
    }
    var dp = array<vec4f, MICRO>();
    for (var c = 0u; c < d4; c++) {
      let at = x * STRIDE + c;
      let o = transpose(mat4x4f(
        vec4f(tile_other_b[at]), vec4f(tile_other_b[at + TX * STRIDE]),
        vec4f(tile_other_b[at + 2u * TX * STRIDE]), vec4f(tile_other_b[at + 3u * TX * STRIDE])));
      for (var i = 0u; i < micro; i++) {
        let b = vec4f(tile_b[(y + i * TY) * STRIDE + c]);
        dp[i] += b.x * o[0];
        dp[i] += b.y * o[1];
        dp[i] += b.z * o[2];
        dp[i] += b.w * o[3];
      }
    }
    let others = four_others(plane, j0 + x + TX * vec4u(0u, 1u, 2u, 3u));
    for (var i = 0u; i < micro; i++) {
      let pair = pairs(own_row(plane, min(first + y + i * TY, last)), others);
      let p = probabilities(params.scale2 * s[i], pair.lse, pair.seen);
      dp[i] = p * (dp[i] - pair.delta);
      tile_w[(y + i * TY) * W_STRIDE + x] = select(dp[i], p, SUMS_B);
    }
    workgroupBarrier();

    if SUMS_B {
      for (var j = 0u; j < across; j++) {
        for (var c = 0u; c < columns; c++) {
          let at = j * STRIDE + min(x + c * TX, d4 - 1u);
          let o0 = vec4f(tile_other_b[at]);
          let o1 = vec4f(tile_other_b[at + TX * STRIDE]);
          let o2 = vec4f(tile_other_b[at + 2u * TX * STRIDE]);
          let o3 = vec4f(tile_other_b[at + 3u * TX * STRIDE]);
          for (var i = 0u; i < micro; i++) {
            let w = tile_w[(y + i * TY) * W_STRIDE + j];
            db[i * COLUMNS + c] += w.x * o0;
            db[i * COLUMNS + c] += w.y * o1;
            db[i * COLUMNS + c] += w.z * o2;
            db[i * COLUMNS + c] += w.w * o3;
          }
        }
      }
      workgroupBarrier();
      for (var i = 0u; i < micro; i++) { tile_w[(y + i * TY) * W_STRIDE + x] = dp[i]; }
      workgroupBarrier();
    }
    for (var j = 0u; j < across; j++) {
      for (var c = 0u; c < columns; c++) {
        let at = j * STRIDE + min(x + c * TX, d4 - 1u);
        let o0 = vec4f(tile_other_a[at]);
        let o1 = vec4f(tile_other_a[at + TX * STRIDE]);
        let o2 = vec4f(tile_other_a[at + 2u * TX * STRIDE]);
        let o3 = vec4f(tile_other_a[at + 3u * TX * STRIDE]);
        for (var i = 0u; i < micro; i++) {
          let w = tile_w[(y + i * TY) * W_STRIDE + j];
          da[i * COLUMNS + c] += w.x * o0;
          da[i * COLUMNS + c] += w.y * o1;
          da[i * COLUMNS + c] += w.z * o2;
          da[i * COLUMNS + c] += w.w * o3;
        }
      }
    }
    workgroupBarrier();
  }

  for (var i = 0u; i < micro; i++) {
    let row = first + y + i * TY;
    if row < rows {
      let at = row_place(plane, row) * d4 + x;
      for (var c = 0u; c < columns && x + c * TX < d4; c++) {
        store_sums(at + c * TX, da[i * COLUMNS + c], db[i * COLUMNS + c]);
      }
    }
  }
}
