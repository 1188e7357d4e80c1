// The pass that makes dq: its rows are queries (i = s*G + g, as in rows.wgsl) and own q, do; the others are keys,
// with k, v. The sums of b are not asked for.
const SUMS_B = false;

fn row_count() -> u32 { return params.S * params.G; }

fn row_place(plane: u32, i: u32) -> u32 { return row_of(plane, i).at; }

fn other_place(plane: u32, j: u32) -> u32 { return plane * params.T + j; }

// Others [x, y) outside which rows first..last see nothing.
fn others_seen(first: u32, last: u32) -> vec2u {
  return vec2u(key_range(first / params.G).x, key_range(last / params.G).y);
}

fn pairs(plane: u32, i: u32, j: vec4u) -> Pairs {
  let row = row_of(plane, i);
  let stats = load_stats(row.at);
  return Pairs(vec4f(stats.x), vec4f(stats.y), seen_keys(row.s, key_range(row.s), j));
}

fn store_sums(at: u32, a: vec4f, b: vec4f) { store_da(at, params.scale * a); }
