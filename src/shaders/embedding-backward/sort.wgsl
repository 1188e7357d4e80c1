// The places of every id in order, by counting: word v's places stand in `order` after those of all smaller words.
// One invocation a word reads all ids twice; span[v] = (first place, number of places).

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let word = i32(group_index(group) * 64u + local);
  if word >= i32(params.vocab) { return; }
  var before = 0u;
  var count = 0u;
  for (var n = 0u; n < params.rows; n++) {
    let id = ids[n];
    before += select(0u, 1u, id >= 0 && id < word);
    count += select(0u, 1u, id == word);
  }
  span[word] = vec2u(before, count);
  var at = before;
  for (var n = 0u; n < params.rows; n++) {
    if ids[n] == word {
      order[min(at, params.rows - 1u)] = n;
      at++;
    }
  }
}
