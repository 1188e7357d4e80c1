/** What `lab check` does not see: refusals, torchvision's sizes, and a filter that keeps a plain picture plain. */
import { expect, test } from 'vitest';
import { LabError } from '@/lib/errors';
import { tensor, type TensorSpec } from '@/lib/tensor';
import { dims, tapsOf, type ImageNormalizeAttrs } from './dims';
import { kernel } from './kernel';
import { reference } from './reference';

const attrs: ImageNormalizeAttrs = { resize: 256, crop: 224, dtype: 'f32' };
const inputs = (...shape: number[]): Record<string, TensorSpec> => ({
  pixels: { dtype: 'u32', shape },
  mean: { dtype: 'f32', shape: [3] },
  std: { dtype: 'f32', shape: [3] },
});

test.each<[string, Record<string, TensorSpec>, Partial<ImageNormalizeAttrs>, RegExp]>([
  ['three axes', inputs(8, 8, 4), {}, /\[8, 8, 4\].*\[H, W\]/],
  ['a crop larger than what is cropped', inputs(8, 8), { crop: 257 }, /crop.*257.*256/],
  ['a strip too long', inputs(1, 100), { resize: 200, crop: 10 }, /16384/],
])('%s: refused', (_, given, changed, message) => {
  expect(() => kernel.infer(given, { ...attrs, ...changed })).toThrow(LabError);
  expect(() => kernel.infer(given, { ...attrs, ...changed })).toThrow(message);
});

test.each([
  [480, 640, 256, 341, 16, 58],
  [375, 500, 256, 341, 16, 58],
  [500, 333, 384, 256, 80, 16],
])('%d × %d becomes %d × %d, cropped from %d, %d', (H, W, h, w, top, left) => {
  const { down, across } = dims(inputs(H, W), attrs);
  expect([down.to, across.to, down.before, across.before]).toEqual([h, w, top, left]);
});

test('halving weighs four pixels 1 3 3 1, three at the edge', () => {
  const weights = (i: number): number[] =>
    tapsOf({ from: 8, to: 4, before: 0 }, i).map(({ weight }) => weight / 4);
  expect(weights(1)).toEqual([1, 3, 3, 1]);
  expect(weights(0)).toEqual([3, 3, 1]);
});

test('a plain picture stays plain', () => {
  const given = {
    pixels: { dtype: 'u32' as const, shape: [9, 13], data: new Uint32Array(9 * 13).fill(0xff804020) },
    mean: tensor('f32', [3], [0, 0.5, 0]),
    std: tensor('f32', [3], [1, 0.5, 1]),
  };
  const { y } = reference(given, { resize: 5, crop: 3, dtype: 'f32' }, [0, 4, 8]);
  const [r, g, b] = [0x20 / 255, (0x40 / 255 - 0.5) / 0.5, 0x80 / 255];
  Array.from(y!).forEach((value, i) => expect(value).toBeCloseTo([r, g, b][i % 3]!, 12));
});
