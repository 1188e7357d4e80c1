// One stage of a sampler's table (lib/stages.ts) where D comes from elsewhere: (x, h, a) = C (x, h, a, D, z), in place, four
// elements of one particle an invocation. Quad j of particle p, of Q quads, draws from block p Q + j of the stage's stream.
// A Langevin stage has x + e (s D - x) / dev^2 + sqrt(2e) z instead.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = group_index(group) * 64u + local;
  if i >= params.quads { return; }
  let at = quad_of(i);
  let level = load_table(5u * params.first);
  let more = load_table(5u * params.first + 4u);
  let kind = u32(level.z);
  var d = vec4f();
  if kind != LINEAR { d = quad_denoised(at); }
  var z = vec4f();
  if level.w != 0.0 {
    let bits = philox(i, params.seed, params.first);
    let pair = gauss(bits.xz, bits.yw);
    z = vec4f(pair.first.x, pair.second.x, pair.first.y, pair.second.y);
  }
  let x = quad_x(at);
  if kind == LANGEVIN {
    let norm = load_control(0u);
    let step = more.w / max(norm * norm, 1e-30);
    keep_x(at, x + (step / (level.y * level.y)) * (level.x * d - x) + sqrt(2.0 * step) * z);
    return;
  }
  let h = quad_h(at);
  let a = quad_a(at);
  let cx = load_table(5u * params.first + 1u);
  let ch = load_table(5u * params.first + 2u);
  let ca = load_table(5u * params.first + 3u);
  keep_x(at, cx.x * x + cx.y * h + cx.z * a + cx.w * d + more.x * z);
  keep_h(at, ch.x * x + ch.y * h + ch.z * a + ch.w * d + more.y * z);
  keep_a(at, ca.x * x + ca.y * h + ca.z * a + ca.w * d + more.z * z);
}
