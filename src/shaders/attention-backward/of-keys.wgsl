// The pass that makes dk and dv: its rows are keys and own k, v; the others are the queries of all heads that share
// them (j = s*G + g, as in rows.wgsl), with q, do.
const SUMS_B = true;

fn row_count() -> u32 { return params.T; }

fn row_place(plane: u32, i: u32) -> u32 { return plane * params.T + i; }

fn other_place(plane: u32, j: u32) -> u32 { return row_of(plane, j).at; }

// Others [x, y) outside which rows first..last see nothing.
fn others_seen(first: u32, last: u32) -> vec2u {
  return params.G * vec2u(query_range(first).x, query_range(last).y);
}

fn pairs(plane: u32, i: u32, j: vec4u) -> Pairs {
  let end = params.S * params.G;
  let inside = min(j, vec4u(end - 1u));
  let a = row_of(plane, inside.x);
  let b = row_of(plane, inside.y);
  let c = row_of(plane, inside.z);
  let d = row_of(plane, inside.w);
  let stats = mat4x2f(load_stats(a.at), load_stats(b.at), load_stats(c.at), load_stats(d.at));
  let seen = seen_by(vec4u(a.s, b.s, c.s, d.s), query_range(i), i) & (j < vec4u(end));
  return Pairs(vec4f(stats[0].x, stats[1].x, stats[2].x, stats[3].x),
               vec4f(stats[0].y, stats[1].y, stats[2].y, stats[3].y), seen);
}

fn store_sums(at: u32, a: vec4f, b: vec4f) {
  store_da(at, params.scale * a);
  store_db(at, b);
}
