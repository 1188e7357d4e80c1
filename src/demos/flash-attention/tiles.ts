/** Which key tiles a query tile visits under causal masks and windows: the geometry that the walk's figure draws. */
import { keyRange, type Dims } from '@/shaders/attention/dims';

export interface Tiling {
  /** Rows of a query tile, Br in the paper. */
  readonly tileQ: number;
  /** Keys of a key/value tile, Bc. */
  readonly tileK: number;
}

/** Key tiles [first, last) that some query of query tile `i` sees; the rest is skipped whole. */
export function tileRange(d: Dims, { tileQ, tileK }: Tiling, i: number): [first: number, last: number] {
  const [from] = keyRange(d, i * tileQ);
  const [, to] = keyRange(d, Math.min(d.S, (i + 1) * tileQ) - 1);
  return to <= from ? [0, 0] : [Math.floor(from / tileK), Math.ceil(to / tileK)];
}

export const tileCount = (size: number, tile: number): number => Math.ceil(size / tile);

/** Bytes that one workgroup holds in its tiles: Q, K, V and the running O of `tileQ` rows with m and ℓ, all in f32. */
export const onChipBytes = ({ tileQ, tileK }: Tiling, D: number): number =>
  4 * (2 * tileQ * D + 2 * tileK * D + 2 * tileQ);
