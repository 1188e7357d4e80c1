// The product of gather.wgsl by tiles in workgroup memory, for GPUs: 64 pixels x 64 channels a workgroup, 8 x 8 of them an
// invocation, as four blocks half a tile apart. For sixteen channels of one tap at a time all fetch four quads of pixels
// and four of weights while the last ones are multiplied: each quad fetched serves 64 multiply-adds of a vec4's elements.
// Channels of `source` come as whole quads.

const STAGE = 4u;

// [quads of channels, pixels] and [channels, quads of columns].
var<workgroup> left: array<vec4f, STAGE * 64u>;
var<workgroup> right: array<vec4f, STAGE * 64u>;

// Place of a stage in k: its tap, and its first quad of channels.
struct Stage { ty: u32, tx: u32, c: u32 }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let tile = tile_of(group_index(group));
  let eighth = vec4u(0u, 1u, 2u, 3u);
  let mine = pixels_of(tile, tile.m * 64u + local / STAGE + 16u * eighth);
  let row = local / 8u;
  let column = local % 8u;
  var s00 = mat4x4f(); var s01 = mat4x4f(); var s10 = mat4x4f(); var s11 = mat4x4f();
  let deep = (params.c_from + STAGE - 1u) / STAGE;
  let stages = tile.down.count * tile.across.count * deep;
  var at = Stage(0u, 0u, 0u);
  var pixels = fetch_pixels(tile, mine, at, local % STAGE);
  var weights = fetch_weights(tile, at, local);
  for (var stage = 0u; stage < stages; stage++) {
    workgroupBarrier();
    let slot = local % STAGE * 64u + local / STAGE;
    left[slot] = pixels[0]; left[slot + 16u] = pixels[1]; left[slot + 32u] = pixels[2]; left[slot + 48u] = pixels[3];
    right[local] = weights[0]; right[local + 64u] = weights[1];
    right[local + 128u] = weights[2]; right[local + 192u] = weights[3];
    workgroupBarrier();
    at.c += STAGE;
    if at.c >= params.c_from { at.c = 0u; at.tx++; }
    if at.tx == tile.across.count { at.tx = 0u; at.ty++; }
    if stage + 1u < stages {
      pixels = fetch_pixels(tile, mine, at, local % STAGE);
      weights = fetch_weights(tile, at, local);
    }
    for (var k = 0u; k < STAGE; k++) {
      let a = k * 64u + 4u * row;
      let b = k * 64u + column;
      let a0 = mat4x4f(left[a], left[a + 1u], left[a + 2u], left[a + 3u]);
      let a1 = mat4x4f(left[a + 32u], left[a + 33u], left[a + 34u], left[a + 35u]);
      let b0 = mat4x4f(right[b], right[b + 16u], right[b + 32u], right[b + 48u]);
      let b1 = mat4x4f(right[b + 8u], right[b + 24u], right[b + 40u], right[b + 56u]);
      s00 += b0 * a0; s01 += b1 * a0; s10 += b0 * a1; s11 += b1 * a1;
    }
  }
  let upper = pixels_of(tile, tile.m * 64u + 4u * row + eighth);
  let lower = pixels_of(tile, tile.m * 64u + 32u + 4u * row + eighth);
  let quad = tile.n * 16u + column;
  put(tile, upper, quad, s00); put(tile, upper, quad + 8u, s01);
  put(tile, lower, quad, s10); put(tile, lower, quad + 8u, s11);
}

// Quad `deep` of the stage for four pixels; zeros outside the image and past the last channel.
fn fetch_pixels(tile: Tile, p: Pixels, at: Stage, deep: u32) -> mat4x4f {
  let y = vec4i(p.i * params.move_h) + tile.down.origin + i32(at.ty) * params.step_h;
  let x = vec4i(p.j * params.move_w) + tile.across.origin + i32(at.tx) * params.step_w;
  let c = at.c + deep;
  let seen = inside(y, params.from_h) & inside(x, params.from_w) & vec4<bool>(c < params.c_from);
  let pixel = (p.image * params.from_h + vec4u(y)) * params.from_w + vec4u(x);
  let i = select(vec4u(), pixel * params.from_c + tile.which * params.c_from + c, seen);
  return mat4x4f(select(vec4f(), load_source(i.x), seen.x), select(vec4f(), load_source(i.y), seen.y),
    select(vec4f(), load_source(i.z), seen.z), select(vec4f(), load_source(i.w), seen.w));
}

// Four of the stage's sixteen rows of weights; what lies past the last one meets zeros.
fn fetch_weights(tile: Tile, at: Stage, local: u32) -> mat4x4f {
  let tap = (tile.down.first + at.ty * params.every_h) * params.taps_w + tile.across.first + at.tx * params.every_w;
  let row = min(4u * at.c + local / 16u + 4u * vec4u(0u, 1u, 2u, 3u), vec4u(params.k_tap - 1u));
  let i = ((tile.which * params.taps + tap) * params.k_tap + row) * params.to_row
    + min(tile.n * 16u + local % 16u, params.to_row - 1u);
  return mat4x4f(load_weights(i.x), load_weights(i.y), load_weights(i.z), load_weights(i.w));
}
