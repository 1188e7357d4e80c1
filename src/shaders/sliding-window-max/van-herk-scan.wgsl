// Van Herk / Gil-Werman, first pass. Every window of k samples meets at most two of the blocks [0, k), [k, 2k), ...: the
// end of one and the start of the next. So two running maxima in each block suffice:
//   g[q] = max of the block's start to q,   h[q] = max of q to the block's end.
// A block is cut into chunks of CHUNK samples, so that there is work for every invocation however long it is; g and h
// are of the chunk then, and `tops` holds the chunks' maxima, on which the same is done again.
//
// The samples q = 0 .. samples-1 of column c stand at q.step + c; a series is one column, step 1.

fn fetch(i: u32) -> i32 {
  let bits = source[i];
  if FROM_FLOAT { return ordered(bits); }
  return bits;
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let id = group_index(group) * 64u + local;
  let c = id % params.step;
  let chunk = id / params.step;
  if chunk >= params.total { return; }
  let block = chunk / params.chunks;
  let first = block * params.k + (chunk - block * params.chunks) * CHUNK;
  // The last chunk of a block may be short, and so may the last block.
  let last = min(min(first + CHUNK, (block + 1u) * params.k), params.samples);

  var top = fetch(first * params.step + c);
  g[first * params.step + c] = top;
  for (var q = first + 1u; q < last; q++) {
    top = max(top, fetch(q * params.step + c));
    g[q * params.step + c] = top;
  }
  if HAS_TOPS { tops[id] = top; }
  top = fetch((last - 1u) * params.step + c);
  h[(last - 1u) * params.step + c] = top;
  for (var q = last - 1u; q > first; q--) {
    top = max(top, fetch((q - 1u) * params.step + c));
    h[(q - 1u) * params.step + c] = top;
  }
}
