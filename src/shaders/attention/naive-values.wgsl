// Third pass: o[s] = sum over t of p[s, t].v[t]. An invocation makes 4 queries x 4 columns of the head.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let blocks = (params.S + 3u) / 4u;
  let index = group_index(group) * 64u + local;
  let plane = index / (blocks * params.D4);
  if plane >= params.planes { return; }
  let c = index % params.D4;
  let s0 = index / params.D4 % blocks * 4u;
  let s = min(vec4u(s0) + vec4u(0u, 1u, 2u, 3u), vec4u(params.S - 1u));
  let v0 = (params.first + plane) / params.G * params.T;
  var sums: array<vec4f, 4>;
  for (var t4 = 0u; t4 < params.T4; t4++) {
    // Padding beyond T has p = 0: any row of v will do.
    let t = min(vec4u(t4 * 4u) + vec4u(0u, 1u, 2u, 3u), vec4u(params.T - 1u));
    let v = mat4x4f(load_v((v0 + t.x) * params.D4 + c), load_v((v0 + t.y) * params.D4 + c),
                    load_v((v0 + t.z) * params.D4 + c), load_v((v0 + t.w) * params.D4 + c));
    for (var r = 0u; r < 4u; r++) { sums[r] += v * load_scores((plane * params.S + s[r]) * params.T4 + t4); }
  }
  for (var r = 0u; r < 4u && s0 + r < params.S; r++) {
    store_o(((params.first + plane) * params.S + s0 + r) * params.D4 + c, sums[r]);
  }
}
