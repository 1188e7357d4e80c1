import { expect, test } from 'vitest';
import { mean, std } from '@/lib/colours';
import { Random } from '@/lib/random';
import { valuesOf } from '@/lib/tensor';
import { signs } from './shapes';
import { CLASSES, signBatch, signImages } from './signs';

const SIZE = 32;

test('a seed gives the same images, another one others; every class comes', () => {
  const a = signImages(200, SIZE, new Random(1));
  const same = (b: typeof a): boolean => b.images.every((v, i) => v === a.images[i]);
  const again = signImages(200, SIZE, new Random(1));
  expect(same(again)).toBe(true);
  expect([...again.labels]).toEqual([...a.labels]);
  expect(same(signImages(200, SIZE, new Random(2)))).toBe(false);
  expect(new Set(a.labels).size).toBe(CLASSES);
});

test('colours lie within 0 to 1, and no image is of one colour', () => {
  const { images } = signImages(200, SIZE, new Random(3));
  expect(images.every((v) => v >= 0 && v <= 1)).toBe(true);
  for (let i = 0; i < 200; i++) {
    const pixels = images.subarray(i * SIZE ** 2 * 3, (i + 1) * SIZE ** 2 * 3);
    const mean = pixels.reduce((sum, v) => sum + v, 0) / pixels.length;
    const variance = pixels.reduce((sum, v) => sum + (v - mean) ** 2, 0) / pixels.length;
    expect(Math.sqrt(variance)).toBeGreaterThan(0.02);
  }
});

test('a batch is the images in the colours that networks read', () => {
  const { images, labels } = signImages(3, SIZE, new Random(4));
  const { x, targets } = signBatch(3, SIZE, new Random(4));
  expect(x.shape).toEqual([3, SIZE, SIZE, 3]);
  expect([...valuesOf(targets)]).toEqual([...labels]);
  const back = valuesOf(x).map((v, i) => v * std[i % 3]! + mean[i % 3]!);
  for (let i = 0; i < back.length; i += 97) expect(back[i]).toBeCloseTo(images[i]!, 5);
});

test('every class has a name of its own, and parts that lie in the unit square', () => {
  expect(new Set(signs.map(({ id }) => id)).size).toBe(CLASSES);
  const points = signs.flatMap(({ ways }) => ways.flat().flatMap((part) => part.points)).flat();
  expect(Math.min(...points)).toBeGreaterThan(-0.1);
  expect(Math.max(...points)).toBeLessThan(1.1);
});
