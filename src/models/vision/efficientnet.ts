/** EfficientNet B0 to B7 (Tan & Le 2019): one table, made wider by w and deeper by d. */
import type { Network, Stage } from './description';
import { conv, divisible, head, invertedResidual, linear, squeezeExcite, stage, stem } from './layers';

/** Table 1: operator MBConv{expansion}, k{kernel}. */
const table = [
  // layers, kernel, stride, expansion, channels
  [1, 3, 1, 1, 16],
  [2, 3, 2, 6, 24],
  [2, 5, 2, 6, 40],
  [3, 3, 2, 6, 80],
  [3, 5, 1, 6, 112],
  [4, 5, 2, 6, 192],
  [1, 3, 1, 6, 320],
] as const;

/** [w, d, resolution]: α = 1.2, β = 1.1, γ = 1.15 to the power φ, rounded as published. */
export const scalings = {
  b0: [1.0, 1.0, 224],
  b1: [1.0, 1.1, 240],
  b2: [1.1, 1.2, 260],
  b3: [1.2, 1.4, 300],
  b4: [1.4, 1.8, 380],
  b5: [1.6, 2.2, 456],
  b6: [1.8, 2.6, 528],
  b7: [2.0, 3.1, 600],
} as const;
export type Scaling = keyof typeof scalings;

/** The squeeze is a quarter of the channels that enter the block, not of those inside it. */
const SQUEEZE = 0.25;

export function efficientnet(scaling: Scaling, classes = 1000): Network {
  const [w, d] = scalings[scaling];
  return scaled(w, d, classes);
}

/** B0 made w times as wide and d times as deep; channels are multiples of 8, repeats are rounded up (§4). */
export function scaled(w: number, d: number, classes = 1000): Network {
  const wide = (channels: number): number => divisible(w * channels);
  let inputs = wide(32);
  const stages = table.map(([layers, kernel, stride, expansion, channels], i): Stage => {
    const from = inputs;
    const outputs = wide(channels);
    inputs = outputs;
    return stage(`${i}`, Math.ceil(d * layers), from, stride, outputs, (name, into, step) => {
      const expanded = into * expansion;
      const squeeze = squeezeExcite(expanded, Math.max(1, Math.floor(SQUEEZE * into)), 'silu', 'sigmoid');
      const shape = { kernel, stride: step, inputs: into, expanded, outputs };
      return invertedResidual(name, { ...shape, activation: 'silu', squeeze });
    });
  });
  const last = wide(1280);
  return {
    ...{ stem: stem(wide(32), 3, 2, 'silu'), stages, classes },
    head: head(
      inputs,
      [conv('features', inputs, last, 1, { activation: 'silu' })],
      [linear('classifier', last, classes)],
    ),
  };
}
