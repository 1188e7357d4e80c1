// A row per invocation, 64 a workgroup: what CPU adapters want, where barriers are slow. Nothing has to be joined.

const LANES = 1u;
fn row_of(group: u32, local: u32) -> u32 { return group * 64u + local; }
fn lane_of(local: u32) -> u32 { return 0u; }
fn row_sum(v: vec4f, local: u32) -> vec4f { return v; }
fn row_max(v: vec4f, local: u32) -> vec4f { return v; }
fn row_min(v: vec4f, local: u32) -> vec4f { return v; }
