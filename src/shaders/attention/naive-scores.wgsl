// First of three passes of attention as written in the textbook: scores[plane, s, t] = scale.q[s].k[t], LOWEST
// where t may not be seen. Rows are padded to T4 = ceil(T/4) vec4. An invocation makes 4 queries x 4 keys.

const LOWEST = -3.4028234663852886e38;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let across = (params.T4 + 7u) / 8u;
  let down = (params.S + 31u) / 32u;
  let index = group_index(group);
  let plane = index / (across * down);
  let block = index - plane * across * down;
  let t4 = block % across * 8u + local % 8u;
  let s0 = block / across * 32u + local / 8u * 4u;
  if t4 >= params.T4 || s0 >= params.S { return; }

  let head = params.first + plane;
  let q0 = head * params.S;
  let k0 = head / params.G * params.T;
  let s = min(vec4u(s0) + vec4u(0u, 1u, 2u, 3u), vec4u(params.S - 1u));
  let t = min(vec4u(t4 * 4u) + vec4u(0u, 1u, 2u, 3u), vec4u(params.T - 1u));
  var sums: array<vec4f, 4>;
  for (var c = 0u; c < params.D4; c++) {
    let k = mat4x4f(load_k((k0 + t.x) * params.D4 + c), load_k((k0 + t.y) * params.D4 + c),
                    load_k((k0 + t.z) * params.D4 + c), load_k((k0 + t.w) * params.D4 + c));
    for (var r = 0u; r < 4u; r++) { sums[r] += load_q((q0 + s[r]) * params.D4 + c) * k; }
  }
  for (var r = 0u; r < 4u && s0 + r < params.S; r++) {
    let range = key_range(s[r]);
    var row = sums[r] * params.scale;
    for (var i = 0u; i < 4u; i++) {
      if t4 * 4u + i < range.x || t4 * 4u + i >= range.y || !allowed(s[r], t[i]) { row[i] = LOWEST; }
    }
    store_scores((plane * params.S + s0 + r) * params.T4 + t4, row);
  }
}
