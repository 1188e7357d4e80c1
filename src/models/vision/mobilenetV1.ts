/** MobileNet V1 (Howard et al. 2017): depthwise separable convolutions, width multiplier α. */
import type { Block, Network, Stage } from './description';
import { conv, depthwise, divisible, head, linear, stem } from './layers';

/** Table 1 after the first convolution, cut where the image is halved. */
const table = [
  // channels, stride of each separable convolution
  [[64, 1]],
  [
    [128, 2],
    [128, 1],
  ],
  [
    [256, 2],
    [256, 1],
  ],
  [
    [512, 2],
    [512, 1],
    [512, 1],
    [512, 1],
    [512, 1],
    [512, 1],
  ],
  [
    [1024, 2],
    [1024, 1],
  ],
] as const;

/** §3.2 and Table 4: with `convolution` full, each pair of layers is one 3 × 3 convolution. */
export function mobilenetV1(
  width = 1,
  classes = 1000,
  convolution: 'separable' | 'full' = 'separable',
): Network {
  const wide = (channels: number): number => divisible(width * channels);
  const activation = 'relu6';
  let inputs = wide(32);
  const stages = table.map((rows, i): Stage => ({
    name: `${i}`,
    blocks: rows.map(([channels, stride], j): Block => {
      const from = inputs;
      const outputs = wide(channels);
      inputs = outputs;
      return {
        ...{ name: `${i}.${j}`, kind: convolution, kernel: 3, stride, inputs: from, outputs },
        layers:
          convolution === 'full'
            ? [conv('full', from, outputs, 3, { stride, activation })]
            : [
                depthwise('depthwise', from, 3, stride, activation),
                conv('project', from, outputs, 1, { activation }),
              ],
      };
    }),
  }));
  return {
    ...{ stem: stem(wide(32), 3, 2, activation), stages, classes },
    head: head(inputs, [], [linear('classifier', inputs, classes)]),
  };
}
