// Query rows of one key/value plane. The G = H/Hkv heads that share key head hkv are G*S rows, ordered by query:
// i = s*G + g, so that a run of rows sees a run of keys. Needs params.S and params.G.
struct Row {
  s: u32,
  at: u32, // (b*H + h)*S + s: the row in q, do, dq and stats
}

fn row_of(plane: u32, i: u32) -> Row {
  let s = i / params.G;
  return Row(s, (plane * params.G + i - s * params.G) * params.S + s);
}

// stats.x of a row that saw no key: far above any logit, so that 2^(logit - stats.x) is zero.
const EMPTY = 1e30;

// p = exp(scale.q.k - lse) from the logit to base 2 and the row's stats.
fn probability(logit2: f32, lse2: f32, seen: bool) -> f32 {
  return select(0.0, exp2(min(logit2 - lse2, 126.0)), seen && lse2 < EMPTY);
}

fn probabilities(logit2: vec4f, lse2: vec4f, seen: vec4<bool>) -> vec4f {
  return select(vec4f(), exp2(min(logit2 - lse2, vec4f(126.0))), seen & (lse2 < vec4f(EMPTY)));
}

// A row that a pass owns: query s or key t, its place in memory, the others that it sees by causality and window,
// and of a query its stats.
struct Own {
  i: u32,
  at: u32,
  range: vec2u,
  stats: vec2f,
}

// Four rows of the other side: queries or keys, their places, which exist, and of queries their stats.
struct Others {
  i: vec4u,
  at: vec4u,
  exist: vec4<bool>,
  lse: vec4f,
  delta: vec4f,
}

// What p and ds of one row with four others need of their queries, and which pairs are seen.
struct Pairs {
  lse: vec4f,
  delta: vec4f,
  seen: vec4<bool>,
}
