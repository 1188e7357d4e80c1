/** Whatever a network is trained to give, each reading of its output says the same of x₀. */
import { expect, test } from 'vitest';
import { mixtures } from '@/methods/diffusion/data';
import { denoise } from '@/methods/diffusion/mixture';
import { preconditionings, type PreconditioningName } from '@/methods/diffusion/preconditioning';
import { readable, readingNames, readingsAt, sizeOf, type Point } from './readings';

const points: readonly Point[] = [
  [0.3, -0.8],
  [-1.1, 0.2],
  [2, 1],
];

test.each(Object.keys(preconditionings) as PreconditioningName[])('F of %s, read four ways', (name) => {
  for (const [s, std] of [
    [1, 0.4],
    [0.5, 0.7],
    [1, 20],
  ] as const) {
    const readings = readingsAt(mixtures.uneven, preconditionings[name](), { s, std }, points);
    readings.forEach(({ x, back, score, v, eps, x0 }) => {
      const exact = denoise(mixtures.uneven, x, s, std);
      for (const axis of [0, 1] as const) {
        expect(x0[axis]).toBeCloseTo(exact.mean[axis], 9);
        expect(score[axis]).toBeCloseTo(exact.score[axis], 9);
        expect(eps[axis]).toBeCloseTo(-std * exact.score[axis], 9);
        expect(v[axis]).toBeCloseTo(s * eps[axis] - std * x0[axis], 9);
        for (const each of [...readingNames, 'F'] as const)
          expect(back[each][axis]).toBeCloseTo(exact.mean[axis], 8);
      }
    });
  }
});

test('the score grows as the noise falls; a level without noise or without signal has no readings', () => {
  const size = (std: number): number =>
    sizeOf(readingsAt(mixtures.pair, preconditionings.edm(), { s: 1, std }, points), 'score');
  expect(size(0.02) / size(20)).toBeGreaterThan(1000);
  expect([readable({ s: 1, std: 0 }), readable({ s: 0, std: 1 }), readable({ s: 1, std: 1 })]).toEqual([
    false,
    false,
    true,
  ]);
});
