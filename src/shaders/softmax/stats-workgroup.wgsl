// Maximum m and l = sum e^(x - m) of every row, one workgroup a row: what GPUs want for long rows.
// Every invocation walks its share with the online normaliser (Milakov & Gimelshein 2018); the shares are joined by
//   m = max m_i;  l = sum e^(m_i - m).l_i.
// x [outer, n, inner], elements of a row `inner` apart; stats [outer*inner] = (m, l).

const LOWEST = -3.4028234663852886e38;
var<workgroup> shares: array<vec2f, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let row = group_index(group);
  let at = row / params.inner * params.n * params.inner + row % params.inner;
  var m = LOWEST;
  var l = 0.0;
  for (var i = local; i < params.n; i += 64u) {
    let x = load_x(at + i * params.inner);
    let top = max(m, x);
    l = l * exp(m - top) + exp(x - top);
    m = top;
  }
  shares[local] = vec2f(m, l);
  workgroupBarrier();
  if local == 0u {
    for (var i = 1u; i < 64u; i++) {
      let other = shares[i];
      let top = max(m, other.x);
      l = l * exp(m - top) + other.y * exp(other.x - top);
      m = top;
    }
    stats[row] = vec2f(m, l);
  }
}
