// The pass that makes dq: its rows are queries (s*G + g, as in rows.wgsl) and own q, do; the others are keys, with
// k, v. The sums of b are not asked for.
const SUMS_B = false;

fn row_count() -> u32 { return params.S * params.G; }

fn row_place(plane: u32, row: u32) -> u32 { return row_of(plane, row).at; }

fn other_place(plane: u32, j: u32) -> u32 { return plane * params.T + j; }

// Others [x, y) outside which rows first..last see nothing.
fn others_seen(first: u32, last: u32) -> vec2u {
  return vec2u(key_range(first / params.G).x, key_range(last / params.G).y);
}

fn own_row(plane: u32, row: u32) -> Own {
  let query = row_of(plane, row);
  return Own(query.s, query.at, key_range(query.s), load_stats(query.at));
}

// Keys past the end repeat the last one, and no query's range holds them.
fn four_others(plane: u32, t: vec4u) -> Others {
  let at = plane * params.T + min(t, vec4u(params.T - 1u));
  return Others(t, at, vec4<bool>(true), vec4f(), vec4f());
}

fn pairs(own: Own, keys: Others) -> Pairs {
  return Pairs(vec4f(own.stats.x), vec4f(own.stats.y), seen_keys(own.i, own.range, keys.i));
}

fn store_sums(at: u32, a: vec4f, b: vec4f) { store_da(at, params.scale * a); }
