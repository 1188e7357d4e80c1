// Groups of one channel: an invocation walks a part of the pixels of one image for four neighbouring channels. Its parts
// are numbered [image, part, quad], so that neighbours read neighbouring memory.

struct Walk { image: u32, quad: u32, first: u32, end: u32 }

fn walk_of(place: u32) -> Walk {
  let part = place / params.column_quads;
  let first = part % params.parts * params.chunk;
  let end = min(params.pixels, first + params.chunk);
  return Walk(part / params.parts, place % params.column_quads, first, end);
}

fn at(walk: Walk, pixel: u32) -> u32 {
  return (walk.image * params.pixels + pixel) * params.column_quads + walk.quad;
}
