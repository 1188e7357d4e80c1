// Maximum m and l = sum e^(x - m) of every row in one walk (Milakov & Gimelshein 2018, online normaliser):
//   m' = max(m, x);  l = e^(m - m').l + e^(x - m').
// One invocation a row, four elements a step, four sums that are joined at the end.
// x [outer, n, inner], elements of a row `inner` apart; stats [outer*inner] = (m, l).

const LOWEST = -3.4028234663852886e38;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let row = group_index(group) * 64u + local;
  if row >= params.rows { return; }
  let at = row / params.inner * params.n * params.inner + row % params.inner;
  var m = LOWEST;
  var l = 0.0;
  for (var i = 0u; i < params.n; i += 4u) {
    // Past the end the first element is taken again, and not counted.
    let k = vec4u(i) + vec4u(0u, 1u, 2u, 3u);
    let inside = k < vec4u(params.n);
    let j = at + select(vec4u(0u), k, inside) * params.inner;
    let x = vec4f(load_x(j.x), load_x(j.y), load_x(j.z), load_x(j.w));
    let two = max(x.xy, x.zw);
    let top = max(m, max(two.x, two.y));
    l = l * exp(m - top) + dot(select(vec4f(), exp(x - top), inside), vec4f(1.0));
    m = top;
  }
  stats[row] = vec2f(m, l);
}
