// mask [S, T], one byte a pair, four to a word, non-zero = may look. Indices past the end are the caller's to avoid.
fn allowed(s: u32, t: u32) -> bool {
  let i = s * params.T + t;
  return ((mask[i >> 2u] >> ((i & 3u) * 8u)) & 0xffu) != 0u;
}
