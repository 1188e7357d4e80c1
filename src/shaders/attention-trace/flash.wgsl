// FlashAttention-2 forward that keeps a diary: workgroup tiles as usual, and on the way
//   trace[j] = (m, l, visited, O) of one query row after key tile j, as its invocation holds them in registers.
// An invocation owns one query row; keys and values pass through workgroup memory, CHUNK at a time:
//   m' = max(m, max s);  p = e^(s - m');  l = e^(m - m').l + sum p;  O = e^(m - m').O + p.V
// q, o [B,H,S,D], k, v [B,Hkv,T,D] as vec4; lse [B,H,S]; trace [tiles, 3 + D].

const LOWEST = -3.4028234663852886e38;
const STAGE = CHUNK * D4;

var<workgroup> stage: array<vec4f, STAGE>;

@compute @workgroup_size(TILE_Q)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = params.first + group_index(workgroup);
  let tiles_q = (params.S + TILE_Q - 1u) / TILE_Q;
  let head = group / tiles_q;
  let top = (group - head * tiles_q) * TILE_Q;
  let bottom = min(top + TILE_Q, params.S) - 1u;
  let s = top + lane;
  let inside = s < params.S;
  // Rows past the end repeat the last one and write nothing.
  let query = min(s, bottom);
  let row = head * params.S + query;
  let plane = (head / params.G) * params.T;
  let diary = inside && row == params.row;

  var q: array<vec4f, D4>;
  var o: array<vec4f, D4>;
  if (inside) {
    for (var c = 0u; c < params.D4; c++) { q[c] = load_q(row * D4 + c) * params.scale; }
  }
  var m = LOWEST;
  var l = 0.0;

  let low = key_range(top).x;
  let high = key_range(bottom).y;
  let tiles = (params.T + params.tile_k - 1u) / params.tile_k;
  for (var j = 0u; j < tiles; j++) {
    let begin = j * params.tile_k;
    let end = min(begin + params.tile_k, params.T);
    let visited = begin < high && end > low;
    if (visited) {
      for (var t = begin; t < end; t += CHUNK) {
        let count = min(CHUNK, end - t);
        workgroupBarrier();
        for (var i = lane; i < count * params.D4; i += TILE_Q) { stage[min(i, STAGE - 1u)] = load_k((plane + t) * D4 + i); }
        workgroupBarrier();
        var score: array<f32, CHUNK>;
        var most = m;
        for (var i = 0u; i < count; i++) {
          var dot4 = vec4f();
          for (var c = 0u; c < params.D4; c++) { dot4 += q[c] * stage[min(i * D4 + c, STAGE - 1u)]; }
          let x = dot4.x + dot4.y + dot4.z + dot4.w;
          let may = visible(query, t + i);
          score[i] = select(LOWEST, x, may);
          most = select(most, max(most, x), may);
        }
        // Before the first visible key there is nothing to rescale: e^(LOWEST - most) is never asked for.
        let alpha = select(0.0, exp(min(0.0, m - most)), l > 0.0);
        l *= alpha;
        for (var c = 0u; c < params.D4; c++) { o[c] *= alpha; }
        m = most;
        workgroupBarrier();
        for (var i = lane; i < count * params.D4; i += TILE_Q) { stage[min(i, STAGE - 1u)] = load_v((plane + t) * D4 + i); }
        workgroupBarrier();
        for (var i = 0u; i < count; i++) {
          let may = visible(query, t + i);
          let p = select(0.0, exp(min(0.0, score[i] - m)), may);
          l += p;
          for (var c = 0u; c < params.D4; c++) { o[c] += p * stage[min(i * D4 + c, STAGE - 1u)]; }
        }
      }
    }
    if (diary) {
      let at = j * (3u + D);
      trace[at] = m;
      trace[at + 1u] = l;
      trace[at + 2u] = select(0.0, 1.0, visited);
      for (var c = 0u; c < params.D4; c++) {
        for (var i = 0u; i < 4u; i++) { trace[at + 3u + 4u * c + i] = o[c][i]; }
      }
    }
  }

  if (inside) {
    let share = select(0.0, 1.0 / max(l, 1e-37), l > 0.0);
    for (var c = 0u; c < params.D4; c++) { store_o(row * D4 + c, o[c] * share); }
    lse[row] = select(LOWEST, m + log(max(l, 1e-37)), l > 0.0);
  }
}
