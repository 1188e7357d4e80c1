/** Windows that overlap, leave gaps, reach over every side or cover the image; values all below zero; ties. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import type { Pool2dAttrs } from './dims';

export interface PoolSetup extends Partial<Omit<Pool2dAttrs, 'op'>> {
  /** N, H, W, C. */
  readonly x: readonly [number, number, number, number];
  readonly dtype?: 'f32' | 'f16';
  readonly mean?: number;
  readonly scale?: number;
  /** Only so many different values, so that maxima tie. */
  readonly levels?: number;
}

export const setups: Readonly<Record<string, PoolSetup>> = {
  'one number': { x: [1, 1, 1, 1], window: 1 },
  halving: { x: [2, 8, 6, 8], window: 2 },
  'odd size, last line left out': { x: [1, 7, 9, 4], window: 2 },
  'overlapping, stride 2': { x: [1, 13, 12, 8], window: 3, stride: 2, padding: 1 },
  'overlapping, stride 1': { x: [2, 6, 7, 12], window: 3, stride: 1, padding: 1 },
  same: { x: [1, 9, 10, 4], window: 3, stride: 2, padding: 'same' },
  'same, even window': { x: [1, 9, 10, 4], window: [4, 2], stride: [3, 1], padding: 'same' },
  'a ceiling of windows': { x: [1, 8, 8, 4], window: 3, stride: 2, padding: [0, 0, 1, 1] },
  'gaps between windows': { x: [1, 11, 13, 4], window: [2, 1], stride: [3, 5] },
  'padding to the window': { x: [1, 5, 4, 8], window: [3, 4], stride: 2, padding: [2, 3, 1, 2] },
  'whole window counts': { x: [1, 5, 6, 8], window: 3, stride: 1, padding: 1, countIncludePad: true },
  'one pixel under a window': { x: [3, 1, 1, 5], window: 3, stride: 1, padding: 1 },
  'the whole image': { x: [2, 7, 7, 64], window: 7 },
  'a large image': { x: [1, 112, 111, 4], window: [112, 111] },
  'odd channels': { x: [2, 7, 6, 5], window: 3, stride: 2, padding: 1 },
  'all below zero': { x: [1, 6, 6, 4], window: 3, stride: 1, padding: 1, mean: -1e30, scale: 1e29 },
  ties: { x: [2, 6, 6, 4], window: 3, stride: 1, padding: 1, levels: 2 },
  halves: { x: [1, 9, 8, 8], window: 3, stride: 2, padding: 1, dtype: 'f16' },
  'odd halves': { x: [1, 7, 5, 3], window: 2, stride: 1, padding: 'same', dtype: 'f16' },
  'halves, the whole image': { x: [2, 14, 14, 32], window: 14, mean: 1, dtype: 'f16' },
  'more than 65535 workgroups': { x: [1, 2100, 2100, 1], window: 1 },
};

export const attrsOf = (op: Pool2dAttrs['op'], setup: PoolSetup): Pool2dAttrs => {
  const { window = 2, stride = null, padding = 0, countIncludePad = false } = setup;
  return { op, window, stride, padding, countIncludePad };
};

export function nameOf(name: string, op: Pool2dAttrs['op'], setup: PoolSetup): string {
  const { window, stride, padding } = attrsOf(op, setup);
  const text = (value: unknown): string => JSON.stringify(value);
  const marks = [`window ${text(window)}`, `stride ${text(stride)}`, `padding ${text(padding)}`];
  return `${op}: ${name} [${setup.x.join(' ')}], ${marks.join(', ')}${setup.dtype === 'f16' ? ', f16' : ''}`;
}

export function drawImage(setup: PoolSetup, random: Random): ReturnType<typeof tensor> {
  const { x, dtype = 'f32', mean = 0, scale = 1, levels } = setup;
  const values = levels
    ? Float32Array.from({ length: sizeOf(x) }, () => random.int(1, levels))
    : random.normals(sizeOf(x), scale).map((v) => v + mean);
  return tensor(dtype, x, values);
}

const make = (op: Pool2dAttrs['op'], name: string, setup: PoolSetup): Case<Pool2dAttrs> => ({
  name: nameOf(name, op, setup),
  attrs: attrsOf(op, setup),
  ...(op === 'max' ? { tolerance: 0, why: 'a maximum is one of the values' } : {}),
  inputs: (random) => ({ x: drawImage(setup, random) }),
});

export function randomSetup(random: Random): PoolSetup {
  const window: [number, number] = [random.int(1, 5), random.int(1, 5)];
  return {
    x: [
      random.int(1, 3),
      window[0] + random.int(0, 9),
      window[1] + random.int(0, 9),
      random.pick([1, 3, 4, 8]),
    ],
    window,
    stride: random.pick([null, 1, 2, [2, 3]]),
    padding: random.pick(['same', 0, window.concat(window).map((k) => random.int(0, k - 1))]),
    countIncludePad: random.int(0, 1) === 1,
    dtype: random.pick(['f32', 'f16']),
  };
}

export const timed: Readonly<Record<string, PoolSetup>> = {
  'after the stem': { x: [1, 112, 112, 64], window: 3, stride: 2, padding: 1 },
  'beside convolutions': { x: [1, 28, 28, 192], window: 3, stride: 1, padding: 1 },
};

const ops = ['max', 'average'] as const;

export const cases: Cases<Pool2dAttrs> = {
  cases: Object.entries(setups).flatMap(([name, setup]) => ops.map((op) => make(op, name, setup))),
  random: (random) => make(random.pick(ops), 'random', randomSetup(random)),
  timing: Object.entries(timed).flatMap(([name, setup]) => ops.map((op) => make(op, name, setup))),
};
