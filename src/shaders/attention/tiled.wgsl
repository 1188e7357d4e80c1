// FlashAttention-2 forward (Dao 2023, Alg. 1) with tiles in workgroup memory, for GPUs: ROWS queries stay on chip
// while tiles of KEYS keys and then values pass through one buffer, so q is read once, k and v once a query tile.
//   s = scale.q.k;  m' = max(m, max s);  p = e^(s - m');  l = e^(m - m').l + sum p;  o = e^(m - m').o + p.v
// and at the end o / l, lse = m + ln l; exponentials to base 2, params.scale = scale.log2(e).
//
// TX = KEYS/4 invocations across, ROWS/MICRO down. Invocation (x, y) makes scores of rows y + i*TY with keys
// x + n*TX, then columns x, x + TX, … (vec4) of o in the same rows. Strides are odd in vec4: neighbours read
// neighbouring rows without bank conflicts. The G = H/Hkv heads of a key head are rows of one plane, row = s*G + g.
// q [B,H,S,D], k, v [B,Hkv,T,D] as vec4; o as q; lse [B,H,S]. ROOM >= D/4 columns.

const STRIDE = ROOM | 1u;
const TX = KEYS / 4u;
const TY = ROWS / MICRO;
const WG = TX * TY;
const P_STRIDE = TX | 1u;
const COLUMNS = (ROOM + TX - 1u) / TX;
const LOWEST = -3.4028234663852886e38;
const LN2 = 0.6931471805599453;

var<workgroup> tile_q: array<vec4<elem>, ROWS * STRIDE>;
var<workgroup> tile_kv: array<vec4<elem>, KEYS * STRIDE>;
var<workgroup> tile_p: array<vec4f, ROWS * P_STRIDE>;
// Each invocation's maximum, and at the end its sum, of each of its rows.
var<workgroup> parts: array<f32, ROWS * TX>;

// Place of row s*G + g in lse, and with D/4 columns in q and o: (b*H + h)*S + s.
fn place(plane: u32, row: u32) -> u32 {
  let s = row / params.G;
  return (plane * params.G + row - s * params.G) * params.S + s;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let rows = params.S * params.G;
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
    tile_q[r * STRIDE + c] = vec4<elem>(load_q(place(plane, min(first + r, last)) * d4 + c));
  }

  var o: array<vec4f, MICRO * COLUMNS>;
  var m: array<f32, MICRO>;
  var l: array<f32, MICRO>;
  for (var i = 0u; i < micro; i++) { m[i] = LOWEST; }

  // What any row of this tile may see, and what every one of them sees.
  let head = key_range(first / params.G);
  let tail = key_range(last / params.G);
  let base = plane * params.T * d4;
  for (var t0 = head.x; t0 < tail.y; t0 += KEYS) {
    let count = min(KEYS, tail.y - t0);
    for (var i = local; i < KEYS * d4; i += WG) {
      let t = i / d4;
      let c = i - t * d4;
      var k = vec4f();
      if t < count { k = load_k(base + t0 * d4 + i); }
      tile_kv[t * STRIDE + c] = vec4<elem>(k);
    }
    workgroupBarrier();

    // With keys transposed products add up component by component: multiply-adds, no sums across.
    var s = array<vec4f, MICRO>();
    for (var c = 0u; c < d4; c++) {
      let at = x * STRIDE + c;
      let k = transpose(mat4x4f(vec4f(tile_kv[at]), vec4f(tile_kv[at + TX * STRIDE]),
                                vec4f(tile_kv[at + 2u * TX * STRIDE]), vec4f(tile_kv[at + 3u * TX * STRIDE])));
      for (var i = 0u; i < micro; i++) {
        let q = vec4f(tile_q[(y + i * TY) * STRIDE + c]);
        s[i] += q.x * k[0];
        s[i] += q.y * k[1];
        s[i] += q.z * k[2];
        s[i] += q.w * k[3];
      }
    }
    let whole = !HAS_MASK && t0 >= tail.x && t0 + KEYS <= head.y;
    for (var i = 0u; i < micro; i++) {
      s[i] *= params.scale;
      if !whole {
        let query = min(first + y + i * TY, last) / params.G;
        let seen = seen_keys(query, key_range(query), t0 + x + TX * vec4u(0u, 1u, 2u, 3u));
        s[i] = select(vec4f(LOWEST), s[i], seen);
      }
      let two = max(s[i].xy, s[i].zw);
      parts[(y + i * TY) * TX + x] = max(two.x, two.y);
    }
    workgroupBarrier();

    for (var i = 0u; i < micro; i++) {
      var top = m[i];
      for (var j = 0u; j < across; j++) { top = max(top, parts[(y + i * TY) * TX + j]); }
      let keep = exp2(m[i] - top);
      let p = select(exp2(s[i] - top), vec4f(), s[i] == vec4f(LOWEST));
      m[i] = top;
      l[i] = l[i] * keep + p.x + p.y + p.z + p.w;
      for (var c = 0u; c < columns; c++) { o[i * COLUMNS + c] *= keep; }
      tile_p[(y + i * TY) * P_STRIDE + x] = p;
    }
    for (var i = local; i < KEYS * d4; i += WG) {
      let t = i / d4;
      let c = i - t * d4;
      var v = vec4f();
      if t < count { v = load_v(base + t0 * d4 + i); }
      tile_kv[t * STRIDE + c] = vec4<elem>(v);
    }
    workgroupBarrier();

    for (var j = 0u; j < across; j++) {
      for (var c = 0u; c < columns; c++) {
        let at = j * STRIDE + min(x + c * TX, d4 - 1u);
        let v0 = vec4f(tile_kv[at]);
        let v1 = vec4f(tile_kv[at + TX * STRIDE]);
        let v2 = vec4f(tile_kv[at + 2u * TX * STRIDE]);
        let v3 = vec4f(tile_kv[at + 3u * TX * STRIDE]);
        for (var i = 0u; i < micro; i++) {
          let p = tile_p[(y + i * TY) * P_STRIDE + j];
          o[i * COLUMNS + c] += p.x * v0;
          o[i * COLUMNS + c] += p.y * v1;
          o[i * COLUMNS + c] += p.z * v2;
          o[i * COLUMNS + c] += p.w * v3;
        }
      }
    }
    workgroupBarrier();
  }

  for (var i = 0u; i < micro; i++) { parts[(y + i * TY) * TX + x] = l[i]; }
  workgroupBarrier();
  for (var i = 0u; i < micro; i++) {
    let row = first + y + i * TY;
    if row < rows {
      var sum = 0.0;
      for (var j = 0u; j < across; j++) { sum += parts[(y + i * TY) * TX + j]; }
      let seen = sum > 0.0;
      let inverse = select(0.0, 1.0 / sum, seen);
      let at = place(plane, row);
      for (var c = 0u; c < columns && x + c * TX < d4; c++) {
        store_o(at * d4 + x + c * TX, o[i * COLUMNS + c] * inverse);
      }
      if x == 0u { store_lse(at, select(LOWEST, (m[i] + log2(sum)) * LN2, seen)); }
    }
  }
}
