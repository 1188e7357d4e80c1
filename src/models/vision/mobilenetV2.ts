/** MobileNet V2 (Sandler et al. 2018): inverted residuals with linear bottlenecks. */
import type { Network, Stage } from './description';
import { conv, divisible, head, invertedResidual, linear, stage, stem } from './layers';

/** Table 2. */
const table = [
  // t, c, n, s
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

export function mobilenetV2(width = 1, classes = 1000): Network {
  const wide = (channels: number): number => divisible(width * channels);
  const activation = 'relu6';
  let inputs = wide(32);
  const stages = table.map(([t, c, n, s], i): Stage => {
    const from = inputs;
    const outputs = wide(c);
    inputs = outputs;
    return stage(`${i}`, n, from, s, outputs, (name, into, stride) =>
      invertedResidual(name, {
        ...{ kernel: 3, stride, inputs: into, expanded: t * into, outputs, activation },
      }),
    );
  });
  // §5: the last layer is not made narrower.
  const last = divisible(1280 * Math.max(1, width));
  return {
    ...{ stem: stem(wide(32), 3, 2, activation), stages, classes },
    head: head(
      inputs,
      [conv('features', inputs, last, 1, { activation })],
      [linear('classifier', last, classes)],
    ),
  };
}
