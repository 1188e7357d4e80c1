/** The stages of a network as the paper's table 1 has them, beside those of the one it was scaled from. */
import type { Network } from '@/models/vision/description';
import { totals, trace } from '@/models/vision/trace';

export interface StageRow {
  readonly name: string;
  readonly operator: string;
  /** [before, now]. */
  readonly layers: readonly [number, number];
  readonly channels: readonly [number, number];
  /** Pixels of a side that come out. */
  readonly side: number;
  readonly parameters: number;
  readonly macs: number;
}

export function stageRows(network: Network, before: Network, side: number): StageRow[] {
  const traced = trace(network, side);
  const parts = ({ stem, stages, head }: Network) => [[stem], ...stages.map(({ blocks }) => blocks), [head]];
  const old = parts(before);
  return parts(network).map((blocks, i): StageRow => {
    const own = traced.filter(({ block }) => blocks.includes(block));
    const { kind, kernel, expansion } = blocks.at(-1)!;
    const convolved = own.filter(({ layer }) => layer.kind === 'conv').at(-1)!;
    const channels = (of: readonly (typeof blocks)[number][]): number =>
      kind === 'head' ? of[0]!.inputs : of.at(-1)!.outputs;
    return {
      name: kind === 'stem' || kind === 'head' ? kind : `${i}`,
      operator:
        kind === 'stem'
          ? 'conv 3 × 3'
          : kind === 'head'
            ? 'conv 1 × 1, mean, linear'
            : `MBConv${expansion ?? 1}, ${kernel} × ${kernel}`,
      layers: [old[i]!.length, blocks.length],
      channels: [channels(old[i]!), channels(blocks)],
      side: convolved.output[0],
      ...totals(own),
    };
  });
}
