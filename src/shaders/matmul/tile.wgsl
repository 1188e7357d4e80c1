// Which tile of C, of which matrix of the batch, over which share of k a workgroup computes; tiles of a row follow
// each other. `K4`, `share`, `first` and `last` count quads of k.

struct Tile { batch: u32, m: u32, n: u32, split: u32, first: u32, last: u32 }

fn tile_of(index: u32) -> Tile {
  let each = params.tiles_m * params.tiles_n;
  let plane = index / each;
  let at = index - plane * each;
  let m = at / params.tiles_n;
  let split = plane / params.batches;
  let first = split * params.share;
  return Tile(plane - split * params.batches, m, at - m * params.tiles_n, split, first,
    min(first + params.share, params.K4));
}
