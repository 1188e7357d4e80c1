/** SqueezeNet (Iandola et al. 2016): fire modules, a narrow 1 × 1 layer that feeds 1 × 1 and 3 × 3 ones side by side. */
import type { Block, Network, Pool, Stage } from './description';
import { conv } from './layers';

/** Table 1 and the authors' later 1.1: channels of s1×1 and of e1×1 and e3×3 alike; a pooling between stages. */
const tables = {
  '1.0': {
    first: [96, 7],
    stages: [
      [
        [16, 64],
        [16, 64],
        [32, 128],
      ],
      [
        [32, 128],
        [48, 192],
        [48, 192],
        [64, 256],
      ],
      [[64, 256]],
    ],
  },
  '1.1': {
    first: [64, 3],
    stages: [
      [
        [16, 64],
        [16, 64],
      ],
      [
        [32, 128],
        [32, 128],
      ],
      [
        [48, 192],
        [48, 192],
        [64, 256],
        [64, 256],
      ],
    ],
  },
} as const satisfies Record<string, { first: readonly number[]; stages: readonly unknown[] }>;
export type Version = keyof typeof tables;

const plain = { activation: 'relu', norm: false } as const;
const pool: Pool = { kind: 'pool', op: 'max', kernel: 3, stride: 2, padding: 0, ceil: true };

/** §3.2: squeeze [s], then expansions to [e] of one pixel and to [e] of nine. */
export function fire(name: string, inputs: number, squeezed: number, expanded: number): Block {
  return {
    ...{ name, kind: 'fire', kernel: 3, stride: 1, inputs, outputs: 2 * expanded, squeezed },
    layers: [
      conv('squeeze', inputs, squeezed, 1, plain),
      {
        ...{ kind: 'branches', input: 'whole', join: 'concat', activation: 'none' },
        branches: [
          [conv('expand1x1', squeezed, expanded, 1, plain)],
          [conv('expand3x3', squeezed, expanded, 3, plain)],
        ],
      },
    ],
  };
}

export function squeezenet(version: Version, classes = 1000): Network {
  const { first, stages: rows } = tables[version];
  const [channels, kernel] = first;
  let inputs: number = channels;
  const stages = rows.map((modules, i): Stage => {
    const pooling = {
      name: `${i}.pool`,
      kind: 'pool',
      kernel: 3,
      stride: 2,
      inputs,
      outputs: inputs,
    } as const;
    const blocks = modules.map(([squeezed, expanded], j): Block => {
      const from = inputs;
      inputs = 2 * expanded;
      return fire(`${i}.${j}`, from, squeezed, expanded);
    });
    return { name: `${i}`, blocks: [{ ...pooling, layers: [pool] }, ...blocks] };
  });
  return {
    ...{ stages, classes },
    stem: {
      ...{ name: 'stem', kind: 'stem', kernel, stride: 2, inputs: 3, outputs: channels },
      layers: [conv('stem', 3, channels, kernel, { ...plain, stride: 2, padding: 0 })],
    },
    head: {
      ...{ name: 'head', kind: 'head', kernel: 1, stride: 1, inputs, outputs: classes },
      layers: [conv('classifier', inputs, classes, 1, plain), { kind: 'global-pool' }],
    },
  };
}
