// What the backward passes need of each query row: stats = (lse.log2 e, delta) with delta = sum_c do.o, which is
// sum_t p.dp (Dao, FlashAttention-2, 2023, section 3.1). o, do [B,H,S,D] as vec4, lse [B,H,S].

const LOG2E = 1.4426950408889634;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group_index(group) * 64u + lane;
  if row >= params.rows { return; }
  var delta = vec4f();
  for (var c = 0u; c < params.d4; c++) { delta += load_o(row * params.d4 + c) * load_grad(row * params.d4 + c); }
  let value = load_lse(row);
  // -Inf and the lowest finite f32 alike, told by their bits: WGSL may assume that there are no infinities.
  let empty = bitcast<u32>(value) >= 0xff700000u;
  store_stats(row, vec2f(select(value * LOG2E, EMPTY, empty), delta.x + delta.y + delta.z + delta.w));
}
