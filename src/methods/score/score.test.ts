/** NCSN's own numbers, modes of mixtures, and that annealing repairs the weights that plain Langevin gets wrong. */
import { expect, test } from 'vitest';
import { Random } from '@/lib/random';
import { mixtures } from '@/methods/diffusion/data';
import { sample } from '@/methods/diffusion/mixture';
import { ladderOf, ncsn, stepSizes } from './ladder';
import { annealed, plain } from './langevin';
import { countModes, modesOf } from './modes';

test('NCSN’s defaults reproduce its levels and step sizes', () => {
  const ladder = ladderOf(ncsn);
  const { sigmas } = ladder;
  expect(sigmas).toHaveLength(10);
  expect([sigmas[0], sigmas[9]!.toFixed(12)]).toEqual([1, '0.010000000000']);
  // A constant factor, 0.599484.
  for (let i = 1; i < 10; i++) expect(sigmas[i]! / sigmas[i - 1]!).toBeCloseTo(0.599484, 6);
  const alphas = stepSizes(ladder);
  expect(alphas[0]).toBeCloseTo(0.2, 12);
  expect(alphas[9]).toBeCloseTo(2e-5, 15);
  const program = annealed(ladder, false);
  const stages = program.flatMap((step) => step.stages);
  // The start, then T on every level.
  expect(stages).toHaveLength(1 + 1000);
  const [x, , , d, z] = stages[1]!.x;
  expect([x, d]).toEqual([1 - 0.2, 0.2]);
  expect(z).toBeCloseTo(Math.sqrt(0.4), 12);
  expect(stages[1000]!.x[4]).toBeCloseTo(Math.sqrt(4e-5), 12);
});

test('as many stages run as were asked for, however they are cut into frames', () => {
  for (const steps of [1, 7, 1000]) {
    expect(plain(0.01, 1e-4, steps).flatMap((step) => step.stages)).toHaveLength(1 + steps);
  }
  const ladder = ladderOf({ ...ncsn, levels: 232, stepsPerLevel: 5, sigmaMax: 50 });
  expect(annealed(ladder, true).flatMap((step) => step.stages)).toHaveLength(1 + 232 * 5 + 1);
});

test.each([
  ['uneven', 3],
  ['pair', 2],
  ['ring', 8],
  ['checkerboard', 8],
  ['rings', 2],
  // Its arms begin side by side.
  ['spiral', 1],
] as const)('%s has %d modes', (name, count) => {
  const modes = modesOf(mixtures[name]);
  expect(modes).toHaveLength(count);
  expect(modes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
});

test('exact samples have the true weights, within their noise; lost points are counted', () => {
  const mixture = mixtures.uneven;
  const modes = modesOf(mixture);
  const points = sample(mixture, 4000, new Random(3));
  const found = countModes(mixture, modes, points, 0.01);
  // Three standard errors of the heaviest.
  expect(found.misplaced).toBeLessThan(3 * Math.sqrt((0.75 * 0.25) / 4000));
  expect(found.lost).toBe(0);
  points.fill(NaN, 0, 800);
  expect(countModes(mixture, modes, points, 0.01).lost).toBeCloseTo(0.1, 12);
});
