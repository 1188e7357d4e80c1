/** GoogLeNet (Szegedy et al. 2015): inception modules, four branches side by side, with batch norms and no side heads. */
import type { Block, Layer, Network, Pool, Stage } from './description';
import { conv, head, linear } from './layers';

/** Table 1: channels of 1×1, 3×3 reduce, 3×3, 5×5 reduce, 5×5, pool proj. */
const table = [
  [
    [64, 96, 128, 16, 32, 32],
    [128, 128, 192, 32, 96, 64],
  ],
  [
    [192, 96, 208, 16, 48, 64],
    [160, 112, 224, 24, 64, 64],
    [128, 128, 256, 24, 64, 64],
    [112, 144, 288, 32, 64, 64],
    [256, 160, 320, 32, 128, 128],
  ],
  [
    [256, 160, 320, 32, 128, 128],
    [384, 192, 384, 48, 128, 128],
  ],
] as const;
type Row = (typeof table)[number][number];

const activation = 'relu';
const pool = (kernel: number, stride: number, padding = 0): Pool => ({
  ...{ kind: 'pool', op: 'max', kernel, stride, padding, ceil: true },
});

/** Fig. 2b. */
export function inception(name: string, inputs: number, row: Row, five: 3 | 5): Block {
  const [one, reduce3, three, reduce5, wide, projected] = row;
  const branches: Layer[][] = [
    [conv('1.0', inputs, one, 1, { activation })],
    [conv('2.0', inputs, reduce3, 1, { activation }), conv('2.1', reduce3, three, 3, { activation })],
    [conv('3.0', inputs, reduce5, 1, { activation }), conv('3.1', reduce5, wide, five, { activation })],
    [pool(3, 1, 1), conv('4.1', inputs, projected, 1, { activation })],
  ];
  return {
    ...{ name, kind: 'inception', kernel: five, stride: 1, inputs },
    outputs: one + three + wide + projected,
    layers: [{ kind: 'branches', input: 'whole', join: 'concat', activation: 'none', branches }],
  };
}

/** `five` is the window of the third branch: 5 in the paper, 3 in torchvision, whose weights have it so. */
export function googlenet(classes = 1000, five: 3 | 5 = 3): Network {
  let inputs = 192;
  const stages = table.map((rows: readonly Row[], i): Stage => {
    const window = i === 2 ? 2 : 3;
    const pooling = { kernel: window, stride: 2, inputs, outputs: inputs };
    const blocks = rows.map((row, j): Block => {
      const block = inception(`${i + 3}.${j}`, inputs, row, five);
      inputs = block.outputs;
      return block;
    });
    return {
      name: `${i + 3}`,
      blocks: [{ ...pooling, name: `${i + 3}.pool`, kind: 'pool', layers: [pool(window, 2)] }, ...blocks],
    };
  });
  return {
    ...{ stages, classes },
    stem: {
      ...{ name: 'stem', kind: 'stem', kernel: 7, stride: 4, inputs: 3, outputs: 192 },
      layers: [
        conv('conv1', 3, 64, 7, { stride: 2, activation }),
        pool(3, 2),
        conv('conv2', 64, 64, 1, { activation }),
        conv('conv3', 64, 192, 3, { activation }),
      ],
    },
    head: head(inputs, [], [linear('classifier', inputs, classes)]),
  };
}
