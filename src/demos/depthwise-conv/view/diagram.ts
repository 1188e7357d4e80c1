/** Where blocks stand in the diagram: a column for each network, a band for each size of image, so that equals face. */
import type { NetworkAbout } from '../blocks';

export const COLUMN = 150;
export const BOX = { width: 130, height: 30 } as const;
export const ROW = 38;
export const LEFT = 54;
export const TOP = 58;

export interface Band {
  /** Pixels of a side of what its blocks make. */
  readonly side: number;
  readonly rows: number;
  /** Of the first row, counted from the top. */
  readonly from: number;
}

export interface Placed {
  readonly network: number;
  readonly block: number;
  readonly row: number;
}

export function placed(networks: readonly NetworkAbout[]): {
  readonly bands: readonly Band[];
  readonly blocks: readonly Placed[];
  readonly rows: number;
} {
  const sides = [...new Set(networks.flatMap(({ blocks }) => blocks.map(({ output }) => output[0])))];
  sides.sort((a, b) => b - a);
  const bands: Band[] = [];
  let from = 0;
  for (const side of sides) {
    const counts = networks.map(({ blocks }) => blocks.filter(({ output }) => output[0] === side).length);
    const rows = Math.max(...counts);
    bands.push({ side, rows, from });
    from += rows;
  }
  const blocks = networks.flatMap(({ blocks: all }, network) =>
    all.map(({ output: [side] }, block): Placed => {
      const band = bands.find((one) => one.side === side)!;
      const before = all.slice(0, block).filter(({ output }) => output[0] === side).length;
      return { network, block, row: band.from + before };
    }),
  );
  return { bands, blocks, rows: from };
}
