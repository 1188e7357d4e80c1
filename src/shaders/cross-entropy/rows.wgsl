// lse = ln sum e^x, loss = lse - x[target] and hit = (x[target] is the largest), for every row of logits [rows, classes].
// One walk with the online normaliser (Milakov & Gimelshein 2018): m' = max(m, x), l = e^(m - m').l + e^(x - m').
// A target outside the classes has loss 0 and hits nothing.

const LOWEST = -3.4028234663852886e38;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let row = row_of(group_index(group), local);
  let at = min(row, params.rows - 1u) * params.classes;
  var m = LOWEST;
  var l = 0.0;
  for (var c = lane_of(local) * 4u; c < params.classes; c += 4u * LANES) {
    // Past the end the row's first element is taken again, and not counted.
    let k = vec4u(c) + vec4u(0u, 1u, 2u, 3u);
    let inside = k < vec4u(params.classes);
    let i = at + select(vec4u(c), k, inside);
    let x = vec4f(load_logits(i.x), load_logits(i.y), load_logits(i.z), load_logits(i.w));
    let two = max(x.xy, x.zw);
    let top = max(m, max(two.x, two.y));
    l = l * exp(m - top) + dot(select(vec4f(), exp(x - top), inside), vec4f(1.0));
    m = top;
  }
  let top = row_max(vec4f(m), local).x;
  let sum = row_sum(vec4f(l * exp(m - top)), local).x;
  if lane_of(local) == 0u && row < params.rows {
    let target_class = targets[row];
    let counts = target_class >= 0 && u32(target_class) < params.classes;
    let x = load_logits(at + select(0u, u32(target_class), counts));
    let logarithm = log_of(vec4f(sum)).x;
    store_lse(row, top + logarithm);
    store_loss(row, select(0.0, (top - x) + logarithm, counts));
    store_hit(row, select(0.0, 1.0, counts && x >= top));
  }
}
