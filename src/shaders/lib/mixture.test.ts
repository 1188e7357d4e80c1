/** The posterior that references are made of, against differences and against Bayes' rule summed over a grid. */
import { expect, test } from 'vitest';
import { Random } from '@/lib/random';
import { toFloat64 } from '@/lib/tensor';
import { posterior } from './mixture';
import { marginalPoints, mixtures, packComponents, randomMixture, type Parts } from './mixtureCases';

const levels = [
  [1, 0.3],
  [1, 12],
  [0.6, 0.8],
  [0, 1],
] as const;

const all: readonly Parts[] = [
  ...Object.values(mixtures),
  ...Array.from({ length: 20 }, (_, i) => randomMixture(new Random(9, i))),
];

test('score and divergence are the derivatives of ln p and of D; s D = x + std² score', () => {
  all.forEach((parts, i) => {
    const components = toFloat64(packComponents(parts));
    for (const [s, std] of levels) {
      const points = marginalPoints(parts, { n: 6, s, std }, new Random(4, i));
      for (let p = 0; p < points.length; p += 2) {
        const [x, y] = [points[p]!, points[p + 1]!];
        const at = (dx: number, dy: number) => posterior(components, s, std, x + dx, y + dy);
        const { score, denoised, divergence } = at(0, 0);
        const h = 1e-5 * std;
        const [right, left, up, down] = [at(h, 0), at(-h, 0), at(0, h), at(0, -h)];
        const scale = 1e-5 * (1 / std + Math.hypot(...score));
        expect(Math.abs((right.logp - left.logp) / (2 * h) - score[0])).toBeLessThan(scale);
        expect(Math.abs((up.logp - down.logp) / (2 * h) - score[1])).toBeLessThan(scale);
        const slope = (right.denoised[0] - left.denoised[0] + up.denoised[1] - down.denoised[1]) / (2 * h);
        expect(Math.abs(slope - divergence)).toBeLessThan(1e-5 * (1 + Math.abs(divergence)));
        expect(s * denoised[0]).toBeCloseTo(x + std ** 2 * score[0], 9);
        expect(s * denoised[1]).toBeCloseTo(y + std ** 2 * score[1], 9);
      }
    }
  });
});

test('of pure noise nothing is known: D is the mean of all, and moves with nothing', () => {
  const components = toFloat64(packComponents(mixtures['a rare one']));
  const { denoised, divergence } = posterior(components, 0, 1, 0.3, -2);
  expect(denoised[0]).toBeCloseTo(1e-6 * 2 - (1 - 1e-6), 6);
  expect(denoised[1]).toBeCloseTo(1e-6 * 2, 6);
  expect(divergence).toBe(0);
});

test('E[x₀ | x] is the mean of x₀ p(x₀) p(x | x₀) over a grid', () => {
  const parts: Parts = [
    [0.3, 1, 0.5, 0.7, 0.5, 0.02],
    [0.7, -0.5, -0.25, 2, 0.3, 0.1],
  ];
  const [s, std, x, y] = [0.8, 0.4, 0.3, 0.1];
  const components = toFloat64(packComponents(parts));
  const step = 0.02;
  const sum = [0, 0, 0];
  for (let gx = -4; gx <= 4; gx += step) {
    for (let gy = -4; gy <= 4; gy += step) {
      const prior = parts.reduce((p, [w, mx, my, angle, l1, l2]) => {
        const [dx, dy, cos, sin] = [gx - mx, gy - my, Math.cos(angle), Math.sin(angle)];
        const exponent = (cos * dx + sin * dy) ** 2 / l1 + (cos * dy - sin * dx) ** 2 / l2;
        return p + (w * Math.exp(-exponent / 2)) / (2 * Math.PI * Math.sqrt(l1 * l2));
      }, 0);
      const noise = Math.exp(-((x - s * gx) ** 2 + (y - s * gy) ** 2) / (2 * std ** 2));
      const joint = (prior * noise * step ** 2) / (2 * Math.PI * std ** 2);
      [joint, joint * gx, joint * gy].forEach((value, i) => (sum[i]! += value));
    }
  }
  const { denoised, logp } = posterior(components, s, std, x, y);
  expect(logp).toBeCloseTo(Math.log(sum[0]!), 6);
  expect(denoised[0]).toBeCloseTo(sum[1]! / sum[0]!, 6);
  expect(denoised[1]).toBeCloseTo(sum[2]! / sum[0]!, 6);
});
