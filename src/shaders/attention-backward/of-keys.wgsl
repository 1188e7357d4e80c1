// The pass that makes dk and dv: its rows are keys and own k, v; the others are the queries of all heads that share
// them (s*G + g, as in rows.wgsl), with q, do.
const SUMS_B = true;

fn row_count() -> u32 { return params.T; }

fn row_place(plane: u32, t: u32) -> u32 { return plane * params.T + t; }

fn other_place(plane: u32, j: u32) -> u32 { return row_of(plane, j).at; }

// Others [x, y) outside which rows first..last see nothing.
fn others_seen(first: u32, last: u32) -> vec2u {
  return params.G * vec2u(query_range(first).x, query_range(last).y);
}

fn own_row(plane: u32, t: u32) -> Own { return Own(t, plane * params.T + t, query_range(t), vec2f()); }

// Queries past the end repeat the last one and count for nothing.
fn four_others(plane: u32, j: vec4u) -> Others {
  let end = vec4u(params.S * params.G);
  let inside = min(j, end - 1u);
  let a = row_of(plane, inside.x);
  let b = row_of(plane, inside.y);
  let c = row_of(plane, inside.z);
  let d = row_of(plane, inside.w);
  let sa = load_stats(a.at);
  let sb = load_stats(b.at);
  let sc = load_stats(c.at);
  let sd = load_stats(d.at);
  return Others(vec4u(a.s, b.s, c.s, d.s), vec4u(a.at, b.at, c.at, d.at), j < end,
                vec4f(sa.x, sb.x, sc.x, sd.x), vec4f(sa.y, sb.y, sc.y, sd.y));
}

fn pairs(own: Own, queries: Others) -> Pairs {
  return Pairs(queries.lse, queries.delta, seen_by(queries.i, own.range, own.i) & queries.exist);
}

fn store_sums(at: u32, a: vec4f, b: vec4f) {
  store_da(at, params.scale * a);
  store_db(at, b);
}
