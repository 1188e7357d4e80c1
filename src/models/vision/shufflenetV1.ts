/** ShuffleNet (Zhang et al. 2018): grouped 1 × 1 convolutions with a channel shuffle between them. */
import type { Block, Branches, Layer, Network, Stage } from './description';
import { conv, depthwise, head, linear, stage } from './layers';

/** Table 1: channels of stages 2 to 4 for g groups. */
const table = {
  1: [144, 288, 576],
  2: [200, 400, 800],
  3: [240, 480, 960],
  4: [272, 544, 1088],
  8: [384, 768, 1536],
} as const;
export type Groups = keyof typeof table;

/** Units of stages 2 to 4. */
const repeats = [4, 8, 4] as const;
const FIRST = 24;
const activation = 'relu';

/** Fig. 2b, and 2c where the image is halved; bottlenecks have a quarter of the unit's channels. */
function unit(name: string, inputs: number, stride: number, outputs: number, groups: number): Block {
  const halved = stride === 2;
  const narrow = outputs / 4;
  // The pooled input keeps its channels beside those of the branch.
  const made = halved ? outputs - inputs : outputs;
  const layers: Layer[] = [
    // §3.3: the first of all has too few channels to be grouped.
    conv('reduce', inputs, narrow, 1, { groups: inputs === FIRST ? 1 : groups, activation }),
    { kind: 'shuffle', groups },
    depthwise('depthwise', narrow, 3, stride),
    conv('expand', narrow, made, 1, { groups }),
  ];
  const pool: Layer = { kind: 'pool', op: 'average', kernel: 3, stride: 2, padding: 1, ceil: false };
  const branches: Branches = {
    ...{ kind: 'branches', input: 'whole', join: halved ? 'concat' : 'add', activation },
    branches: [halved ? [pool] : [], layers],
  };
  return { ...{ name, kind: 'shuffle-v1', kernel: 3, stride, inputs, outputs }, layers: [branches] };
}

/** `width` is the s of "ShuffleNet s×". */
export function shufflenetV1(groups: Groups, width = 1, classes = 1000): Network {
  let inputs = FIRST;
  const stages = repeats.map((n, i): Stage => {
    const from = inputs;
    const outputs = width * table[groups][i]!;
    inputs = outputs;
    return stage(`${i + 2}`, n, from, 2, outputs, (name, into, stride) =>
      unit(name, into, stride, outputs, groups),
    );
  });
  const pool = { kind: 'pool', op: 'max', kernel: 3, stride: 2, padding: 1, ceil: false } as const;
  return {
    ...{ stages, classes },
    stem: {
      ...{ name: 'stem', kind: 'stem', kernel: 3, stride: 4, inputs: 3, outputs: FIRST },
      layers: [conv('stem', 3, FIRST, 3, { stride: 2, activation }), pool],
    },
    head: head(inputs, [], [linear('classifier', inputs, classes)]),
  };
}
