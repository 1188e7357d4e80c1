// As register.wgsl, but what lies between is computed once for 64 channels of y: sixteen strips a workgroup, whose four
// invocations each have sixteen of the channels. For sixteen channels of x at a time, each computes one quad of them for
// one strip, and all four multiply what the others left in workgroup memory.

const STRIPS = 16u;
const STAGE = 4u;

// [quads of channels of x, strips, pixels].
var<workgroup> stage: array<vec4f, STAGE * STRIPS * 4u>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let index = group_index(group);
  let first_strip = index / params.tiles * STRIPS;
  let tile = index % params.tiles;
  // Neighbours in making read neighbouring channels; neighbours in multiplying take the same weights.
  let made = strip_of(first_strip + local / STAGE);
  let columns = columns_of(i32(made.j * STRIDE) - params.before_w, 0u);
  let slot = (local % STAGE * STRIPS + local / STAGE) * 4u;
  let own = local % STRIPS;
  let quad = 16u * tile + 4u * (local / STRIPS);
  let q = min(vec4u(quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.out4 - 1u));
  var s0 = mat4x4f(); var s1 = mat4x4f(); var s2 = mat4x4f(); var s3 = mat4x4f();
  for (var first = 0u; first < params.to4; first += STAGE) {
    let count = min(STAGE, params.to4 - first);
    var t = mat4x4f();
    if local % STAGE < count { t = between(made, columns, first + local % STAGE); }
    workgroupBarrier();
    stage[slot] = t[0]; stage[slot + 1u] = t[1]; stage[slot + 2u] = t[2]; stage[slot + 3u] = t[3];
    workgroupBarrier();
    for (var c = 0u; c < count; c++) {
      let at = (c * STRIPS + own) * 4u;
      let x = mat4x4f(stage[at], stage[at + 1u], stage[at + 2u], stage[at + 3u]);
      let row = 4u * (first + c) * params.out4;
      s0 += four_weights(row + q.x) * x; s1 += four_weights(row + q.y) * x;
      s2 += four_weights(row + q.z) * x; s3 += four_weights(row + q.w) * x;
    }
  }
  put_four(strip_of(first_strip + own), quad, s0, s1, s2, s3);
}
