/** The operators that are compared, as layers of the networks' own description: k × k from C to C channels each. */
import type { Block, Conv, Layer, Pool } from '@/models/vision/description';
import { conv, depthwise } from '@/models/vision/layers';
import { totals, traceBlocks, type Size } from '@/models/vision/trace';
import { operatorIds, type OperatorId } from './charts';

export interface Setting {
  readonly channels: number;
  readonly kernel: number;
  readonly resolution: number;
  readonly groups: number;
}

/** A block with the image that it takes; `fused` runs depthwise and pointwise as one kernel. */
export interface Piece {
  readonly block: Block;
  /** Of its input. */
  readonly size: Size;
  readonly fused?: boolean;
}

const activation = 'relu';
const plain = (role: string, inputs: number, outputs: number, kernel: number, groups = 1): Conv =>
  conv(role, inputs, outputs, kernel, { activation, groups, norm: false });

/** Howard et al. 2017, Fig. 2: k²·C + C² weights where the standard convolution has k²·C². */
const separable = (C: number, k: number): Layer[] => [
  { ...depthwise('depthwise', C, k, 1, activation), norm: false },
  plain('pointwise', C, C, 1),
];

/**
 * Inception 3a (Szegedy et al. 2015, Table 1) has 64, 96→128, 16→32 and 32 of 256 channels: the same shares of C. Where
 * it has 3 × 3 and 5 × 5, this has k and k + 2.
 */
function inception(C: number, k: number): Layer[] {
  const [quarter, half, eighth, sixteenth] = [C / 4, C / 2, C / 8, C / 16];
  const pool: Pool = { kind: 'pool', op: 'max', kernel: 3, stride: 1, padding: 1, ceil: false };
  const branches: Layer[][] = [
    [plain('1×1', C, quarter, 1)],
    [plain('reduce', C, (3 * C) / 8, 1), plain('k×k', (3 * C) / 8, half, k)],
    [plain('reduce wide', C, sixteenth, 1), plain('wide', sixteenth, eighth, k + 2)],
    [pool, plain('after pool', C, eighth, 1)],
  ];
  return [{ kind: 'branches', input: 'whole', join: 'concat', activation: 'none', branches }];
}

/** He et al. 2016, Fig. 5, without its shortcut: a quarter of the channels between two products. */
const bottleneck = (C: number, k: number): Layer[] => [
  plain('reduce', C, C / 4, 1),
  plain('k×k', C / 4, C / 4, k),
  plain('widen', C / 4, C, 1),
];

export function piecesOf({ channels: C, kernel: k, resolution, groups }: Setting): Record<OperatorId, Piece> {
  const apart = separable(C, k);
  const layers: Record<OperatorId, readonly Layer[]> = {
    standard: [plain('standard', C, C, k)],
    grouped: [plain('grouped', C, C, k, groups)],
    inception: inception(C, k),
    bottleneck: bottleneck(C, k),
    separable: apart,
    'separable-fused': apart,
  };
  const piece = (id: OperatorId): Piece => ({
    block: {
      ...{ name: id, kind: 'full', kernel: k, stride: 1, inputs: C, outputs: C },
      layers: layers[id],
    },
    size: [resolution, resolution, C],
    fused: id === 'separable-fused',
  });
  return Object.fromEntries(operatorIds.map((id) => [id, piece(id)])) as Record<OperatorId, Piece>;
}

/** Parameters and multiply-adds of a piece, from its description. */
export const countsOf = ({ block, size }: Piece): { parameters: number; macs: number } =>
  totals(traceBlocks([block], size));

/** Howard et al. 2017, §3.1: MACs of the separable convolution over those of the standard one, 1/Cout + 1/k². */
export const macRatio = ({ channels, kernel }: Pick<Setting, 'channels' | 'kernel'>): number =>
  1 / channels + 1 / kernel ** 2;
