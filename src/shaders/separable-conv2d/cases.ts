/** Both windows and strides, biases and activations in every place, odd channels and sizes, more tiles than one. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor, type HostTensors } from '@/lib/tensor';
import { activations } from '@/shaders/lib/activation';
import { dims, type SeparableAttrs } from './dims';

interface Setup extends Partial<SeparableAttrs> {
  /** N, H, W, C. */
  readonly x: readonly [number, number, number, number];
  readonly Cout: number;
  readonly k: readonly [number, number];
  readonly biases?: boolean;
  readonly residual?: boolean;
  readonly dtype?: 'f32' | 'f16';
}

function make(name: string, setup: Setup): Case<SeparableAttrs> {
  const { x, Cout, k, biases = false, residual = false, dtype = 'f32' } = setup;
  const { stride = 1, dilation = 1, padding = 'same' } = setup;
  const { depthwiseActivation = 'none', activation = 'none' } = setup;
  const attrs = { stride, dilation, padding, depthwiseActivation, activation };
  const marks = [biases && 'biases', residual && 'residual', dtype === 'f16' && 'f16'].filter(Boolean);
  return {
    name: [
      `${name}, [${x.join(' ')}] ∗ ${k.join('×')} to ${Cout}, stride ${JSON.stringify(stride)}`,
      ...[`${depthwiseActivation} ${activation}`, ...marks],
    ].join(', '),
    attrs,
    inputs(random): HostTensors {
      const draw = (...shape: number[]) => tensor(dtype, shape, random.normals(sizeOf(shape)));
      const C = x[3];
      const weights = { x: draw(...x), depthwise: draw(C, 1, ...k), pointwise: draw(Cout, C) };
      return {
        ...weights,
        ...(biases && { depthwiseBias: draw(C), bias: draw(Cout) }),
        ...(residual && { residual: draw(...dims(weights, attrs).shape) }),
      };
    },
  };
}

const three = [3, 3] as const;
const five = [5, 5] as const;
const half = { dtype: 'f16' } as const;

const hostile = [
  make('one number', { x: [1, 1, 1, 1], Cout: 1, k: [1, 1] }),
  make('one pixel', { x: [3, 1, 1, 8], Cout: 12, k: three, biases: true }),
  make('plain', { x: [2, 9, 10, 24], Cout: 16, k: three }),
  make('inverted residual', {
    ...{ x: [1, 7, 9, 16], Cout: 16, k: three, biases: true, residual: true },
    depthwiseActivation: 'relu6',
  }),
  make('5×5', { x: [1, 11, 9, 12], Cout: 20, k: five, biases: true, depthwiseActivation: 'silu' }),
  make('stride 2', { x: [2, 13, 12, 8], Cout: 24, k: three, stride: 2, padding: 1, activation: 'relu' }),
  make('5×5, stride 2', { x: [1, 14, 11, 8], Cout: 8, k: five, stride: 2, biases: true }),
  make('past every side', { x: [1, 4, 3, 4], Cout: 4, k: three, padding: [2, 1, 3, 5], biases: true }),
  make('many channels', { x: [1, 6, 7, 68], Cout: 148, k: three, biases: true, residual: true }),
  make('many pixels', { x: [1, 40, 37, 4], Cout: 4, k: three, activation: 'gelu' }),
  make('odd channels', { x: [1, 7, 6, 5], Cout: 7, k: three, biases: true, residual: true }),
  make('dilated', { x: [1, 12, 9, 8], Cout: 8, k: three, dilation: 2 }),
  make('strides apart', { x: [1, 12, 9, 8], Cout: 8, k: three, stride: [1, 2], padding: 1 }),
  make('halves', { x: [1, 9, 8, 16], Cout: 24, k: three, biases: true, residual: true, ...half }),
  make('halves, 5×5, stride 2', {
    x: [2, 9, 8, 12],
    Cout: 8,
    k: five,
    stride: 2,
    activation: 'sigmoid',
    ...half,
  }),
  make('odd halves', { x: [1, 5, 7, 3], Cout: 5, k: three, biases: true, ...half }),
];

const randomCase = (random: Random): Case<SeparableAttrs> => {
  const flip = (): boolean => random.int(0, 1) === 1;
  return make('random', {
    x: [
      random.int(1, 2),
      random.int(3, 14),
      random.int(3, 14),
      random.pick([3, 4, 8, 4 * random.int(1, 12)]),
    ],
    Cout: random.pick([5, 4 * random.int(1, 20)]),
    k: random.pick([three, three, five]),
    stride: random.pick([1, 2]),
    padding: random.pick(['same', 2]),
    ...{ biases: flip(), residual: flip() },
    depthwiseActivation: random.pick(activations),
    activation: random.pick(activations),
    dtype: random.pick(['f32', 'f16']),
  });
};

/** As MobileNetV2 has them, at 112², 56² and 14². */
const timing = [
  make('first block', {
    x: [1, 112, 112, 32],
    Cout: 16,
    k: three,
    biases: true,
    depthwiseActivation: 'relu6',
  }),
  make('third block', {
    x: [1, 56, 56, 144],
    Cout: 24,
    k: three,
    biases: true,
    depthwiseActivation: 'relu6',
  }),
  make('at 14²', { x: [1, 14, 14, 384], Cout: 64, k: three, biases: true, depthwiseActivation: 'relu6' }),
];

export const cases: Cases<SeparableAttrs> = { cases: hostile, random: randomCase, timing };
