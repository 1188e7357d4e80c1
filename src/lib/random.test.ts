import { expect, test } from 'vitest';
import { philox, Random } from './random';

// Known answers of Random123's kat_vectors for philox4x32-10.
test.each([
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
] as const)('Philox4x32-10 of %j', (counter, key, expected) => {
  expect(philox([...counter], key)).toEqual(expected);
});

test('normals have mean 0 and variance 1', () => {
  const values = new Random(3).normals(100_000);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + b * b, 0) / values.length - mean ** 2;
  expect(Math.abs(mean)).toBeLessThan(0.01);
  expect(Math.abs(variance - 1)).toBeLessThan(0.02);
});

test('a seed gives the same numbers, another stream others', () => {
  const draw = (seed: number, stream: number): number[] => {
    const random = new Random(seed, stream);
    return Array.from({ length: 8 }, () => random.uniform());
  };
  expect(draw(5, 0)).toEqual(draw(5, 0));
  expect(draw(5, 0)).not.toEqual(draw(5, 1));
  expect(draw(5, 0)).not.toEqual(draw(6, 0));
});

test('whole numbers reach both ends and no further', () => {
  const random = new Random(1);
  const seen = new Set(Array.from({ length: 200 }, () => random.int(-1, 2)));
  expect([...seen].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
});
