/** Windows, paddings and groups that break a convolution written carelessly, random ones, and shapes to time. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor, type HostTensors } from '@/lib/tensor';
import { activations } from '@/shaders/lib/activation';
import { outputShape, windowDims, type Conv2dAttrs, type WindowAttrs } from './dims';

export interface WindowSetup extends Partial<WindowAttrs> {
  /** N, H, W, C. */
  readonly x: readonly [number, number, number, number];
  readonly Cout: number;
  /** kh, kw. */
  readonly k: readonly [number, number];
  readonly dtype?: 'f32' | 'f16';
}

interface Setup extends WindowSetup, Partial<Conv2dAttrs> {
  readonly bias?: boolean;
  readonly residual?: boolean;
}

export const weightShape = ({ x, Cout, k, groups = 1 }: WindowSetup): number[] => [Cout, x[3] / groups, ...k];

export const windowOf = (setup: WindowSetup): WindowAttrs => {
  const { stride = 1, dilation = 1, padding = 0, groups = 1 } = setup;
  return { stride, dilation, padding, groups };
};

export function drawWindow(
  setup: WindowSetup,
  random: Random,
): HostTensors & Record<'x' | 'w', HostTensors[string]> {
  const { x, dtype = 'f32' } = setup;
  const w = weightShape(setup);
  return {
    x: tensor(dtype, x, random.normals(sizeOf(x))),
    w: tensor(dtype, w, random.normals(sizeOf(w))),
  };
}

export function nameOf(name: string, setup: WindowSetup): string {
  const { x, dtype, stride = 1, dilation = 1, padding = 0, groups = 1 } = setup;
  const text = (value: unknown): string => JSON.stringify(value);
  return [
    `${name}, [${x.join(' ')}] ∗ [${weightShape(setup).join(' ')}]`,
    ...(stride === 1 ? [] : [`stride ${text(stride)}`]),
    ...(dilation === 1 ? [] : [`dilation ${text(dilation)}`]),
    ...(padding === 0 ? [] : [`padding ${text(padding)}`]),
    ...(groups === 1 ? [] : [`${groups} groups`]),
    ...(dtype === 'f16' ? ['f16'] : []),
  ].join(', ');
}

function outputOf(setup: WindowSetup): number[] {
  const { x, dtype = 'f32' } = setup;
  const w = weightShape(setup);
  return outputShape(windowDims({ dtype, shape: x }, { dtype, shape: w }, windowOf(setup)));
}

function make(name: string, setup: Setup): Case<Conv2dAttrs> {
  const { bias = false, residual = false, activation = 'none', dtype = 'f32', Cout } = setup;
  const marks = [
    ...(bias ? ['bias'] : []),
    ...(activation === 'none' ? [] : [activation]),
    ...(residual ? ['residual'] : []),
  ];
  const shape = outputOf(setup);
  return {
    name: [nameOf(name, setup), ...marks].join(', '),
    attrs: { ...windowOf(setup), activation },
    inputs: (random) => ({
      ...drawWindow(setup, random),
      ...(bias && { bias: tensor(dtype, [Cout], random.normals(Cout)) }),
      ...(residual && { residual: tensor(dtype, shape, random.normals(sizeOf(shape))) }),
    }),
  };
}

const half = { dtype: 'f16' } as const;
const same = { padding: 'same' } as const;

/** Without bias and activation: the gradients' hostile cases too. */
export const windows: Readonly<Record<string, WindowSetup>> = {
  'one number': { x: [1, 1, 1, 1], Cout: 1, k: [1, 1] },
  'one pixel under a window': { x: [2, 1, 1, 3], Cout: 5, k: [3, 3], ...same },
  'one pixel, stride': { x: [1, 1, 1, 8], Cout: 8, k: [3, 3], stride: 2, padding: 1 },
  plain: { x: [2, 8, 9, 8], Cout: 16, k: [3, 3], padding: 1 },
  valid: { x: [1, 9, 7, 4], Cout: 8, k: [3, 3] },
  'window as large as the image': { x: [2, 5, 6, 3], Cout: 4, k: [5, 6] },
  'one channel': { x: [2, 20, 20, 1], Cout: 16, k: [3, 3], stride: 2, ...same },
  'three channels': { x: [1, 17, 15, 3], Cout: 32, k: [3, 3], stride: 2, padding: 1 },
  'odd channels': { x: [2, 6, 7, 5], Cout: 7, k: [3, 3], padding: 1 },
  'one output channel': { x: [2, 7, 6, 12], Cout: 1, k: [3, 3], ...same },
  'even window, same': { x: [1, 7, 8, 4], Cout: 4, k: [2, 4], ...same },
  'even window, same, stride 2': { x: [2, 9, 10, 4], Cout: 4, k: [4, 2], stride: 2, ...same },
  'same, odd sizes, stride 2': { x: [1, 15, 13, 8], Cout: 12, k: [5, 5], stride: 2, ...same },
  'same, stride past the window': { x: [1, 10, 11, 4], Cout: 4, k: [1, 2], stride: 3, ...same },
  'stride past the window': { x: [1, 11, 13, 4], Cout: 8, k: [2, 2], stride: [3, 5] },
  'strides apart': { x: [1, 12, 9, 4], Cout: 4, k: [3, 3], stride: [1, 3], padding: [0, 2, 1, 0] },
  dilated: { x: [1, 14, 12, 8], Cout: 8, k: [3, 3], dilation: 3, ...same },
  'dilated and strided': { x: [1, 15, 16, 4], Cout: 8, k: [3, 2], dilation: [2, 4], stride: 2, padding: 2 },
  'dilation 2 under stride 4': { x: [1, 13, 14, 4], Cout: 4, k: [3, 3], dilation: 2, stride: 4, padding: 3 },
  'asymmetric padding': { x: [2, 6, 5, 4], Cout: 8, k: [3, 2], padding: [3, 0, 1, 5] },
  'padding past the window': { x: [1, 3, 3, 4], Cout: 4, k: [2, 2], padding: [4, 5, 3, 2] },
  'pixel by pixel': { x: [2, 9, 11, 24], Cout: 40, k: [1, 1] },
  'pixel by pixel, odd': { x: [1, 5, 7, 11], Cout: 13, k: [1, 1] },
  'pixel by pixel, stride': { x: [1, 9, 8, 12], Cout: 20, k: [1, 1], stride: 2 },
  'as many pixels as before, but others': { x: [1, 2, 2, 4], Cout: 4, k: [1, 1], stride: 2, padding: 1 },
  groups: { x: [1, 8, 8, 16], Cout: 32, k: [3, 3], padding: 1, groups: 4 },
  'odd groups': { x: [2, 7, 6, 15], Cout: 9, k: [3, 3], padding: 1, groups: 3, stride: 2 },
  'pixel by pixel in groups': { x: [1, 6, 7, 12], Cout: 24, k: [1, 1], groups: 3 },
  depthwise: { x: [2, 9, 10, 24], Cout: 24, k: [3, 3], groups: 24, padding: 1 },
  'depthwise, odd, stride 2': { x: [1, 9, 7, 13], Cout: 13, k: [5, 5], groups: 13, stride: 2, ...same },
  'depthwise, dilated': { x: [1, 12, 12, 8], Cout: 8, k: [3, 3], groups: 8, dilation: 2, padding: 2 },
  'depthwise, two for each': { x: [1, 8, 9, 6], Cout: 12, k: [3, 3], groups: 6, ...same },
  'depthwise, three for each, odd': { x: [1, 8, 7, 5], Cout: 15, k: [3, 3], groups: 5, stride: 2, ...same },
  'depthwise, 5×5': { x: [1, 14, 11, 8], Cout: 8, k: [5, 5], groups: 8, padding: 2 },
  'depthwise, 5×5, stride 2': { x: [2, 10, 13, 12], Cout: 12, k: [5, 5], groups: 12, stride: 2, ...same },
  'depthwise, past every side': { x: [1, 4, 3, 4], Cout: 4, k: [5, 5], groups: 4, padding: [4, 3, 2, 6] },
  'depthwise, cut short': {
    x: [2, 9, 12, 8],
    Cout: 8,
    k: [3, 3],
    groups: 8,
    stride: 2,
    padding: [0, 1, 0, 0],
  },
  'depthwise, many channels': { x: [2, 7, 6, 512], Cout: 512, k: [3, 3], groups: 512, padding: 1 },
  patches: { x: [1, 32, 32, 3], Cout: 48, k: [8, 8], stride: 8 },
  'long sums': { x: [1, 7, 7, 192], Cout: 24, k: [3, 3], padding: 1 },
  halves: { x: [2, 8, 9, 8], Cout: 16, k: [3, 3], padding: 1, ...half },
  'halves, odd': { x: [2, 7, 6, 5], Cout: 7, k: [3, 3], ...same, ...half },
  'halves, one channel': { x: [1, 20, 20, 1], Cout: 8, k: [3, 3], stride: 2, ...same, ...half },
  'halves, pixel by pixel': { x: [1, 5, 7, 12], Cout: 20, k: [1, 1], ...half },
  'halves, depthwise': { x: [1, 9, 8, 16], Cout: 16, k: [3, 3], groups: 16, stride: 2, ...same, ...half },
  'halves, groups': { x: [1, 7, 7, 12], Cout: 9, k: [3, 3], groups: 3, padding: 1, ...half },
};

const hostile = [
  ...Object.entries(windows).map(([name, setup], i) =>
    // Every third with what follows the sum.
    make(name, i % 3 === 0 ? { ...setup, bias: true } : setup),
  ),
  ...activations.map((activation) =>
    make('epilogue', { x: [1, 6, 5, 8], Cout: 12, k: [3, 3], padding: 1, bias: true, activation }),
  ),
  make('epilogue, odd', { x: [1, 6, 5, 3], Cout: 9, k: [3, 3], bias: true, activation: 'silu', ...half }),
  make('epilogue, pixel by pixel', { x: [1, 6, 5, 8], Cout: 12, k: [1, 1], bias: true, activation: 'relu6' }),
  make('epilogue, depthwise', {
    ...{ x: [1, 6, 5, 8], Cout: 8, k: [3, 3], groups: 8, padding: 1 },
    ...{ bias: true, activation: 'hard-swish' },
  }),
  // Every way to a result: by sums, at once, by a product of matrices, by channels.
  make('residual', { x: [1, 6, 5, 8], Cout: 12, k: [3, 3], padding: 1, bias: true, residual: true }),
  make('residual, odd', { x: [2, 6, 5, 3], Cout: 9, k: [3, 3], residual: true, activation: 'relu', ...half }),
  make('residual, linear bottleneck', { x: [2, 7, 5, 24], Cout: 16, k: [1, 1], bias: true, residual: true }),
  make('residual, depthwise', {
    ...{ x: [1, 6, 5, 8], Cout: 8, k: [3, 3], groups: 8, stride: 2, padding: 1 },
    ...{ bias: true, residual: true, activation: 'silu' },
  }),
  make('more than 65535 workgroups', { x: [1, 2100, 2100, 1], Cout: 1, k: [1, 1] }),
];

/** A window that fits into its image. */
export function randomWindow(random: Random): WindowSetup {
  const chance = (share: number): boolean => random.uniform() < share;
  const k: [number, number] = [random.int(1, 5), random.int(1, 5)];
  const groups = random.pick([1, 1, 2, 3]);
  const depthwise = chance(0.25);
  // As in mobile networks, which have a variant of their own.
  const square = depthwise && chance(0.6);
  if (square) k.fill(random.pick([3, 5]));
  const channels = (): number => random.pick([1, 3, random.int(2, 9), 4 * random.int(1, 8)]);
  const own = depthwise ? channels() : groups * channels();
  const dilation = square ? 1 : random.pick([1, 1, 2, [1, 3]]);
  const reach = (axis: 0 | 1): number =>
    (k[axis] - 1) * (typeof dilation === 'number' ? dilation : dilation[axis]!) + 1;
  return {
    x: [random.int(1, 3), reach(0) + random.int(0, 12), reach(1) + random.int(0, 12), own],
    Cout: depthwise ? own * random.pick([1, 1, 2]) : groups * channels(),
    k,
    groups: depthwise ? own : groups,
    dilation,
    stride: square ? random.pick([1, 2]) : random.pick([1, 2, 3, [2, 1]]),
    padding: random.pick(['same' as const, 0, 1, Array.from({ length: 4 }, () => random.int(0, 4))]),
    dtype: random.pick(['f32', 'f16'] as const),
  };
}

/** A small network's layers, one of a large one, and the shapes of MobileNet. */
export const timed: Readonly<Record<string, WindowSetup>> = {
  'digits, first': { x: [64, 20, 20, 1], Cout: 16, k: [3, 3], stride: 2, ...same },
  'digits, second': { x: [64, 10, 10, 16], Cout: 32, k: [3, 3], stride: 2, ...same },
  'digits, third': { x: [64, 5, 5, 32], Cout: 64, k: [3, 3], stride: 2, ...same },
  dense: { x: [1, 56, 56, 64], Cout: 64, k: [3, 3], padding: 1 },
  stem: { x: [1, 224, 224, 3], Cout: 32, k: [3, 3], stride: 2, padding: 1 },
  pointwise: { x: [1, 56, 56, 64], Cout: 128, k: [1, 1] },
  depthwise: { x: [1, 112, 112, 32], Cout: 32, k: [3, 3], groups: 32, padding: 1 },
  'depthwise, stride 2': { x: [1, 112, 112, 96], Cout: 96, k: [3, 3], groups: 96, stride: 2, padding: 1 },
  'depthwise, 5×5': { x: [1, 14, 14, 480], Cout: 480, k: [5, 5], groups: 480, padding: 2 },
};

export const cases: Cases<Conv2dAttrs> = {
  cases: hostile,
  random: (random) => {
    const setup = randomWindow(random);
    const extras = { bias: random.int(0, 1) === 1, activation: random.pick(activations) };
    return make('random', { ...setup, ...extras, residual: random.int(0, 3) === 0 });
  },
  timing: Object.entries(timed).map(([name, setup]) => make(name, setup)),
};
