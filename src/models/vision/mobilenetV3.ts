/** MobileNet V3 (Howard et al. 2019): searched blocks, hard-swish, the last stage after the mean over the pixels. */
import type { Block, Network, Stage } from './description';
import { conv, divisible, head, invertedResidual, linear, squeezeExcite, stem } from './layers';

/** kernel, expanded channels, channels, squeeze-and-excitation, nonlinearity (HS, RE), stride. */
type Row = readonly [k: 3 | 5, exp: number, out: number, se: boolean, nl: 'HS' | 'RE', s: 1 | 2];

const [SE, NO] = [true, false];
/** Tables 1 and 2, cut where the image is halved or the channels change. */
const tables = {
  large: {
    rows: [
      [[3, 16, 16, NO, 'RE', 1]],
      [
        [3, 64, 24, NO, 'RE', 2],
        [3, 72, 24, NO, 'RE', 1],
      ],
      [
        [5, 72, 40, SE, 'RE', 2],
        [5, 120, 40, SE, 'RE', 1],
        [5, 120, 40, SE, 'RE', 1],
      ],
      [
        [3, 240, 80, NO, 'HS', 2],
        [3, 200, 80, NO, 'HS', 1],
        [3, 184, 80, NO, 'HS', 1],
        [3, 184, 80, NO, 'HS', 1],
      ],
      [
        [3, 480, 112, SE, 'HS', 1],
        [3, 672, 112, SE, 'HS', 1],
      ],
      [
        [5, 672, 160, SE, 'HS', 2],
        [5, 960, 160, SE, 'HS', 1],
        [5, 960, 160, SE, 'HS', 1],
      ],
    ],
    features: 960,
    last: 1280,
  },
  small: {
    rows: [
      [[3, 16, 16, SE, 'RE', 2]],
      [
        [3, 72, 24, NO, 'RE', 2],
        [3, 88, 24, NO, 'RE', 1],
      ],
      [
        [5, 96, 40, SE, 'HS', 2],
        [5, 240, 40, SE, 'HS', 1],
        [5, 240, 40, SE, 'HS', 1],
      ],
      [
        [5, 120, 48, SE, 'HS', 1],
        [5, 144, 48, SE, 'HS', 1],
      ],
      [
        [5, 288, 96, SE, 'HS', 2],
        [5, 576, 96, SE, 'HS', 1],
        [5, 576, 96, SE, 'HS', 1],
      ],
    ],
    features: 576,
    last: 1024,
  },
} as const satisfies Record<string, { rows: readonly (readonly Row[])[]; features: number; last: number }>;

export function mobilenetV3(size: keyof typeof tables, width = 1, classes = 1000): Network {
  const { rows, features, last } = tables[size];
  const wide = (channels: number): number => divisible(width * channels);
  let inputs = wide(16);
  const stages = rows.map((stage: readonly Row[], i): Stage => ({
    name: `${i}`,
    blocks: stage.map(([kernel, exp, out, se, nl, stride], j): Block => {
      const from = inputs;
      const [expanded, outputs] = [wide(exp), wide(out)];
      inputs = outputs;
      return invertedResidual(`${i}.${j}`, {
        ...{ kernel, stride, inputs: from, expanded, outputs },
        activation: nl === 'HS' ? 'hard-swish' : 'relu',
        // §5.3: a quarter of the expanded channels.
        ...(se && { squeeze: squeezeExcite(expanded, divisible(expanded / 4), 'relu', 'hard-sigmoid') }),
      });
    }),
  }));
  const [pooled, hidden] = [wide(features), wide(last)];
  return {
    ...{ stem: stem(wide(16), 3, 2, 'hard-swish'), stages, classes },
    head: head(
      inputs,
      [conv('features', inputs, pooled, 1, { activation: 'hard-swish' })],
      [linear('hidden', pooled, hidden, 'hard-swish'), linear('classifier', hidden, classes)],
    ),
  };
}
