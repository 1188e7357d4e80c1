// dlogits = (softmax(x) - onehot(target)).scale / divisor, four neighbouring elements an invocation, maybe of several
// rows; 0 for a target outside the classes. logits [rows, classes], lse [rows], scale [1].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let i = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
  let row = min(i / params.classes, vec4u(params.rows - 1u));
  let class_of = vec4i(i % params.classes);
  let wanted = vec4i(targets[row.x], targets[row.y], targets[row.z], targets[row.w]);
  let lse = vec4f(load_lse(row.x), load_lse(row.y), load_lse(row.z), load_lse(row.w));
  let p = exp(load_logits(quad) - lse);
  let counts = (wanted >= vec4i()) & (wanted < vec4i(i32(params.classes)));
  let difference = p - select(vec4f(), vec4f(1.0), class_of == wanted);
  store_dlogits(quad, select(vec4f(), difference * (load_scale(0u) / params.divisor), counts));
}
