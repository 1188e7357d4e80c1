/** Layers and blocks that tables of networks are made of. */
import type { Activation, Block, Branches, Conv, Layer, Linear, SqueezeExcite, Stage } from './description';

interface ConvOptions {
  readonly stride?: number;
  readonly groups?: number;
  readonly activation?: Activation;
  readonly norm?: boolean;
  readonly padding?: number;
}

export const conv = (
  role: string,
  inputs: number,
  outputs: number,
  kernel: number,
  options: ConvOptions = {},
): Conv => ({
  ...{ kind: 'conv', role, inputs, outputs, kernel },
  ...{ stride: 1, groups: 1, activation: 'none', norm: true },
  ...options,
});

/** Each channel by itself. */
export const depthwise = (
  role: string,
  channels: number,
  kernel: number,
  stride: number,
  activation: Activation = 'none',
): Conv => conv(role, channels, channels, kernel, { stride, groups: channels, activation });

export const linear = (
  role: string,
  inputs: number,
  outputs: number,
  activation: Linear['activation'] = 'none',
): Linear => ({ kind: 'linear', role, inputs, outputs, activation });

export const squeezeExcite = (
  channels: number,
  squeezed: number,
  activation: Activation,
  gate: 'sigmoid' | 'hard-sigmoid',
): SqueezeExcite => ({
  kind: 'squeeze-excite',
  reduce: linear('reduce', channels, squeezed, activation),
  expand: linear('gate', squeezed, channels, gate),
});

/** x + layers(x). */
export const residual = (layers: readonly Layer[]): Branches => ({
  ...{ kind: 'branches', input: 'whole', join: 'add', activation: 'none' },
  branches: [[], layers],
});

/** The nearest multiple of 8, and at least 8, that is no more than 10% below v (MobileNet's width multipliers). */
export function divisible(v: number): number {
  const near = Math.max(8, Math.floor((v + 4) / 8) * 8);
  return near < 0.9 * v ? near + 8 : near;
}

export interface InvertedResidual {
  readonly kernel: number;
  readonly stride: number;
  readonly inputs: number;
  /** Channels between expansion and projection. */
  readonly expanded: number;
  readonly outputs: number;
  readonly activation: Activation;
  readonly squeeze?: SqueezeExcite;
}

/** 1 × 1 expansion, depthwise k × k, squeeze-and-excitation, linear 1 × 1 projection (Sandler et al. 2018, Fig. 4d). */
export function invertedResidual(name: string, shape: InvertedResidual): Block {
  const { kernel, stride, inputs, expanded, outputs, activation, squeeze } = shape;
  const layers = [
    ...(expanded === inputs ? [] : [conv('expand', inputs, expanded, 1, { activation })]),
    depthwise('depthwise', expanded, kernel, stride, activation),
    ...(squeeze ? [squeeze] : []),
    conv('project', expanded, outputs, 1),
  ];
  return {
    ...{ name, kind: 'inverted-residual', kernel, stride, inputs, outputs, expansion: expanded / inputs },
    ...(squeeze && { squeezed: squeeze.reduce.outputs }),
    layers: stride === 1 && inputs === outputs ? [residual(layers)] : layers,
  };
}

/** The first layer, which reads colours. */
export const stem = (outputs: number, kernel: number, stride: number, activation: Activation): Block => ({
  ...{ name: 'stem', kind: 'stem', kernel, stride, inputs: 3, outputs },
  layers: [conv('stem', 3, outputs, kernel, { stride, activation })],
});

/** The last layers: what comes before the mean over the pixels, and what turns it into logits. */
export const head = (inputs: number, before: readonly Layer[], after: readonly Linear[]): Block => ({
  ...{ name: 'head', kind: 'head', kernel: 1, stride: 1, inputs, outputs: after.at(-1)!.outputs },
  layers: [...before, { kind: 'global-pool' }, ...after],
});

/** `repeats` blocks, of which the first has the stride and takes the channels of what was before. */
export function stage(
  name: string,
  repeats: number,
  inputs: number,
  stride: number,
  outputs: number,
  block: (name: string, inputs: number, stride: number) => Block,
): Stage {
  return {
    name,
    blocks: Array.from({ length: repeats }, (_, i) =>
      block(`${name}.${i}`, i === 0 ? inputs : outputs, i === 0 ? stride : 1),
    ),
  };
}
