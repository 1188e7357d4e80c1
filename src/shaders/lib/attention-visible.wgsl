// Which keys a query sees: query s stands at p = s + T - S (bottom-right aligned) and sees t with
// p - window < t, and t <= p if causal, else t < p + window. Both ends grow with s, so a run of queries
// s0..s1 sees nothing outside [key_range(s0).x, key_range(s1).y). A mask is asked per pair: allowed(s, t).

// Keys [x, y) that query s sees by causality and window.
fn key_range(s: u32) -> vec2u {
  let p = i32(s) + i32(params.T) - i32(params.S);
  let w = i32(params.window);
  let first = max(0, p - w + 1);
  let last = min(i32(params.T), p + select(w, 1, params.causal != 0u));
  return vec2u(vec2i(first, max(first, last)));
}

// Queries [x, y) that see key t: the inverse of key_range.
fn query_range(t: u32) -> vec2u {
  let row = i32(t) - i32(params.T) + i32(params.S);
  let w = i32(params.window);
  let first = max(0, row - select(w - 1, 0, params.causal != 0u));
  let last = min(i32(params.S), row + w);
  return vec2u(vec2i(first, max(first, last)));
}

fn visible(s: u32, t: u32) -> bool {
  let range = key_range(s);
  return t >= range.x && t < range.y && allowed(s, t);
}
