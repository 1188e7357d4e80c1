// Which pixels of which phase and which channels of which group a workgroup computes, and where its sums go.

struct Tile {
  m: u32, n: u32, which: u32, phase_y: u32, phase_x: u32, down: Line, across: Line,
  // Of the phase.
  rows: u32, columns: u32, pixels: u32,
}

fn tile_of(index: u32) -> Tile {
  let tiles = params.tiles_m * params.tiles_n;
  let plane = index / tiles;
  let tile = index - plane * tiles;
  let m = tile / params.tiles_n;
  let phase = plane / params.groups;
  let y = phase / params.phases_w;
  let x = phase - y * params.phases_w;
  let rows = (params.to_h - y + params.phases_h - 1u) / params.phases_h;
  let columns = (params.to_w - x + params.phases_w - 1u) / params.phases_w;
  return Tile(m, tile - m * params.tiles_n, plane - phase * params.groups, y, x,
    line_of(y, params.taps_h, params.stride_h, params.dilation_h, params.before_h, params.every_h),
    line_of(x, params.taps_w, params.stride_w, params.dilation_w, params.before_w, params.every_w),
    rows, columns, params.images * rows * columns);
}

// Four pixels of the phase; those past the last repeat it and are not stored.
struct Pixels { image: vec4u, i: vec4u, j: vec4u, stored: vec4<bool> }

fn pixels_of(tile: Tile, m: vec4u) -> Pixels {
  let p = min(m, vec4u(tile.pixels - 1u));
  let line = p / tile.columns;
  let image = line / tile.rows;
  return Pixels(image, line - image * tile.rows, p - line * tile.columns, m < vec4u(tile.pixels));
}

fn put(tile: Tile, p: Pixels, quad: u32, s: mat4x4f) {
  if quad >= params.to4 { return; }
  let to = (p.image * params.to_h + tile.phase_y + p.i * params.phases_h) * params.to_w
    + tile.phase_x + p.j * params.phases_w;
  let at = (to * params.groups + tile.which) * params.to4 + quad;
  if p.stored.x { put_quad(at.x, tile.which, quad, s[0]); }
  if p.stored.y { put_quad(at.y, tile.which, quad, s[1]); }
  if p.stored.z { put_quad(at.z, tile.which, quad, s[2]); }
  if p.stored.w { put_quad(at.w, tile.which, quad, s[3]); }
}
