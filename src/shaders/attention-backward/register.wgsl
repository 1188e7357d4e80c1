// dq, or dk and dv, in registers alone: no workgroup memory and no barrier, which is what adapters that run on a CPU
// want (Dao, FlashAttention-2, 2023, Alg. 2). Both passes are this shader; of-queries.wgsl and of-keys.wgsl say which
// side an invocation owns ROWS rows of, while the others that they see go by, four at a time. a is what scores are
// made of (q and k), b what dp is (do and v):
//   s = scale.a.other_a,  p = e^(s - lse),  dp = b.other_b,  ds = p.(dp - delta)
//   da += scale.ds.other_a,  db += p.other_b
// Compilers for CPUs take long over every load, over large arrays (which are zeroed word by word) and over loops
// that they can unroll: so loads stand in loops of their own as long as a parameter says, and ROWS.SIZE is 64.
// All as vec4; SIZE >= D/4, so that head sizes share pipelines.

const CHUNK = 16u;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let rows = row_count();
  let tiles = (rows + WG * ROWS - 1u) / (WG * ROWS);
  let index = group_index(group);
  let plane = index / tiles;
  let first = (index - plane * tiles) * WG * ROWS;
  let last = min(first + WG * ROWS, rows) - 1u;

  var a: array<vec4f, ROWS * SIZE>;
  var b: array<vec4f, ROWS * SIZE>;
  var da: array<vec4f, ROWS * SIZE>;
  var db: array<vec4f, ROWS * SIZE>;
  var row: array<Own, ROWS>;
  // Rows past the end repeat the last one and are not written.
  for (var r = 0u; r < ROWS; r++) { row[r] = own_row(plane, min(first + lane + r * WG, last)); }
  for (var i = 0u; i < ROWS * params.d4; i++) {
    let r = i / params.d4;
    let c = i % params.d4;
    let at = row[r].at * params.d4 + c;
    a[r * SIZE + c] = load_a(at) * params.scale2;
    b[r * SIZE + c] = load_b(at);
  }

  var oa: array<vec4f, 4u * CHUNK>; // [columns][four others]
  var ob: array<vec4f, 4u * CHUNK>;
  var s: array<vec4f, ROWS>;
  var dp: array<vec4f, ROWS>;
  let seen = others_seen(first, last);
  for (var j = seen.x; j < seen.y; j += 4u) {
    let other = four_others(plane, j + vec4u(0u, 1u, 2u, 3u));
    var place = other.at;
    // Said in full: an array declared in a loop was found to keep its values on one driver.
    for (var r = 0u; r < ROWS; r++) {
      s[r] = vec4f();
      dp[r] = vec4f();
    }
    for (var c0 = 0u; c0 < params.d4; c0 += CHUNK) {
      let n = min(CHUNK, params.d4 - c0);
      for (var i = 0u; i < 4u * n; i++) {
        let at = place[i % 4u] * params.d4 + c0 + i / 4u;
        oa[i] = load_other_a(at);
        ob[i] = load_other_b(at);
      }
      for (var c = 0u; c < n; c++) {
        let o0 = oa[4u * c];
        let o1 = oa[4u * c + 1u];
        let o2 = oa[4u * c + 2u];
        let o3 = oa[4u * c + 3u];
        for (var r = 0u; r < ROWS; r++) {
          let x = a[r * SIZE + c0 + c];
          s[r] += vec4f(dot(x, o0), dot(x, o1), dot(x, o2), dot(x, o3));
        }
      }
      for (var c = 0u; c < n; c++) {
        let o0 = ob[4u * c];
        let o1 = ob[4u * c + 1u];
        let o2 = ob[4u * c + 2u];
        let o3 = ob[4u * c + 3u];
        for (var r = 0u; r < ROWS; r++) {
          let x = b[r * SIZE + c0 + c];
          dp[r] += vec4f(dot(x, o0), dot(x, o1), dot(x, o2), dot(x, o3));
        }
      }
    }
    for (var r = 0u; r < ROWS; r++) {
      let pair = pairs(row[r], other);
      s[r] = probabilities(s[r], pair.lse, pair.seen);
      dp[r] = s[r] * (dp[r] - pair.delta);
    }
    for (var c0 = 0u; c0 < params.d4; c0 += CHUNK) {
      let n = min(CHUNK, params.d4 - c0);
      if params.d4 > CHUNK {
        for (var i = 0u; i < 4u * n; i++) {
          let at = place[i % 4u] * params.d4 + c0 + i / 4u;
          oa[i] = load_other_a(at);
          if SUMS_B { ob[i] = load_other_b(at); }
        }
      }
      if SUMS_B {
        for (var c = 0u; c < n; c++) {
          let o0 = ob[4u * c];
          let o1 = ob[4u * c + 1u];
          let o2 = ob[4u * c + 2u];
          let o3 = ob[4u * c + 3u];
          for (var r = 0u; r < ROWS; r++) {
            let p = s[r];
            db[r * SIZE + c0 + c] += p.x * o0 + p.y * o1 + p.z * o2 + p.w * o3;
          }
        }
      }
      for (var c = 0u; c < n; c++) {
        let o0 = oa[4u * c];
        let o1 = oa[4u * c + 1u];
        let o2 = oa[4u * c + 2u];
        let o3 = oa[4u * c + 3u];
        for (var r = 0u; r < ROWS; r++) {
          let ds = dp[r];
          da[r * SIZE + c0 + c] += ds.x * o0 + ds.y * o1 + ds.z * o2 + ds.w * o3;
        }
      }
    }
  }

  for (var i = 0u; i < ROWS * params.d4; i++) {
    let r = i / params.d4;
    let c = i % params.d4;
    if first + lane + r * WG < rows {
      store_sums(row[r].at * params.d4 + c, da[r * SIZE + c], db[r * SIZE + c]);
    }
  }
}
