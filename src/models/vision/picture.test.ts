import { expect, test } from 'vitest';
import { pictureOf } from './picture';
import { dims } from '@/shaders/image-normalize/dims';

const filled = (width: number, height: number, pixel: (x: number, y: number) => readonly number[]) => {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) data.set(pixel(i % width, Math.floor(i / width)), 4 * i);
  return { width, height, data };
};

test('a pixel is a word, red lowest', () => {
  const { dtype, shape, data } = pictureOf(filled(2, 1, (x) => [1 + x, 2, 3, 255]));
  expect({ dtype, shape }).toEqual({ dtype: 'u32', shape: [1, 2] });
  expect([...data]).toEqual([0xff030201, 0xff030202]);
});

test('transparency is seen on white, whatever colour hides below it', () => {
  expect([...pictureOf(filled(1, 1, () => [10, 20, 30, 0])).data]).toEqual([0xffffffff]);
  // (200·51 + 255·204)/255 = 244.
  expect([...pictureOf(filled(1, 1, () => [200, 200, 200, 51])).data]).toEqual([0xfff4f4f4]);
});

test.each([
  [2048, 1, [1, 4]],
  [1, 2048, [4, 1]],
  [1, 1, [1, 1]],
  [2048, 1024, [1024, 2048]],
] as const)('%s × %s can be scaled to any size a network takes', (width, height, shape) => {
  const picture = pictureOf(filled(width, height, () => [0, 0, 0, 255]));
  expect(picture.shape).toEqual(shape);
  const three = { dtype: 'f32', shape: [3] } as const;
  const resized = dims(
    { pixels: picture, mean: three, std: three },
    { resize: 640, crop: 600, dtype: 'f32' },
  );
  expect(resized.down.from).toBe(shape[0]);
});

test('of a strip the middle is taken', () => {
  const { data } = pictureOf(filled(101, 2, (x) => [x, 0, 0, 255]));
  expect(data.slice(0, 8)).toEqual(Uint32Array.from({ length: 8 }, (_, x) => 0xff000000 + 46 + x));
});
