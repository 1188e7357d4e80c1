/** ShuffleNet V2 (Ma et al. 2018): half of the channels passes by, channels are shuffled after each unit. */
import type { Block, Branches, Network, Stage } from './description';
import { conv, depthwise, head, linear, stage } from './layers';

/** Table 5: channels of conv1, of stages 2 to 4, and of conv5. */
const table = {
  '0.5': [24, 48, 96, 192, 1024],
  '1.0': [24, 116, 232, 464, 1024],
  '1.5': [24, 176, 352, 704, 1024],
  '2.0': [24, 244, 488, 976, 2048],
} as const;
export type Complexity = keyof typeof table;
export const complexities = Object.keys(table) as Complexity[];

/** Units of stages 2 to 4. */
const repeats = [4, 8, 4] as const;
const activation = 'relu';

/** Fig. 3c, and 3d where the image is halved. */
function unit(name: string, inputs: number, stride: number, outputs: number): Block {
  const half = outputs / 2;
  const halves = stride === 1;
  const into = halves ? half : inputs;
  const right = [
    conv('right.reduce', into, half, 1, { activation }),
    depthwise('right.depthwise', half, 3, stride),
    conv('right.expand', half, half, 1, { activation }),
  ];
  const left = [
    depthwise('left.depthwise', inputs, 3, stride),
    conv('left.expand', inputs, half, 1, { activation }),
  ];
  const branches: Branches = {
    ...{ kind: 'branches', input: halves ? 'halves' : 'whole', join: 'concat', activation: 'none' },
    branches: [halves ? [] : left, right],
  };
  return {
    ...{ name, kind: 'shuffle-v2', kernel: 3, stride, inputs, outputs },
    layers: [branches, { kind: 'shuffle', groups: 2 }],
  };
}

export function shufflenetV2(complexity: Complexity, classes = 1000): Network {
  const [first, ...channels] = table[complexity];
  const last = channels.pop()!;
  let inputs: number = first;
  const stages = repeats.map((n, i): Stage => {
    const from = inputs;
    const outputs = channels[i]!;
    inputs = outputs;
    return stage(`${i + 2}`, n, from, 2, outputs, (name, into, stride) => unit(name, into, stride, outputs));
  });
  const pool = { kind: 'pool', op: 'max', kernel: 3, stride: 2, padding: 1, ceil: false } as const;
  return {
    ...{ stages, classes },
    stem: {
      ...{ name: 'stem', kind: 'stem', kernel: 3, stride: 4, inputs: 3, outputs: first },
      layers: [conv('stem', 3, first, 3, { stride: 2, activation }), pool],
    },
    head: head(
      inputs,
      [conv('features', inputs, last, 1, { activation })],
      [linear('classifier', last, classes)],
    ),
  };
}
