// A row per workgroup of 64 lanes, joined by a tree through workgroup memory: what GPUs want. All lanes get the result.

const LANES = 64u;
var<workgroup> row_shares: array<vec4f, 64>;

fn row_of(group: u32, local: u32) -> u32 { return group; }
fn lane_of(local: u32) -> u32 { return local; }

fn row_sum(v: vec4f, local: u32) -> vec4f {
  // Whoever still reads the last result is waited for.
  workgroupBarrier();
  row_shares[local] = v;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half >>= 1u) {
    if local < half { row_shares[local] += row_shares[(local + half) & 63u]; }
    workgroupBarrier();
  }
  return row_shares[0];
}

fn row_max(v: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  row_shares[local] = v;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half >>= 1u) {
    if local < half { row_shares[local] = max(row_shares[local], row_shares[(local + half) & 63u]); }
    workgroupBarrier();
  }
  return row_shares[0];
}

fn row_min(v: vec4f, local: u32) -> vec4f { return -row_max(-v, local); }
