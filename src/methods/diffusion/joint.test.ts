/** The forward SDE's transitions and joint law, the estimate of a correlation, and the verdict on a cloud's marginal. */
import { expect, test } from 'vitest';
import { Random } from '@/lib/random';
import { mixtures } from './data';
import { forwardSteps, transition } from './forward';
import { correlate, correlation, totalVariance } from './joint';
import { judge, marginalSample } from './marginalTest';
import { sample } from './mixture';
import { processNames } from './names';
import { diffusion2, processes } from './process';
import { levelAt } from './samplers';

const levelsOf = (name: (typeof processNames)[number]) => {
  const process = processes[name]();
  const sigmas = [0, 0.05, 0.4, 3, name === 'flow' ? Infinity : 70];
  return { process, levels: sigmas.map((sigma) => ({ t: sigma === 0 ? 0 : process.timeOf(sigma), sigma })) };
};

test.each(processNames)(
  'transitions of %s give its marginals, and two in a row the one over both',
  (name) => {
    const { process, levels } = levelsOf(name);
    for (const [i, far] of levels.entries()) {
      for (const near of levels.slice(0, i)) {
        const { share, noise } = transition(process, near, far);
        const [a, b] = [levelAt(process, near), levelAt(process, far)];
        expect(share * a.s).toBeCloseTo(b.s, 12);
        expect(Math.hypot(share * a.std, noise)).toBeCloseTo(b.std, 9);
      }
    }
    const [one, two] = [
      transition(process, levels[1]!, levels[2]!),
      transition(process, levels[2]!, levels[3]!),
    ];
    const both = transition(process, levels[1]!, levels[3]!);
    expect(one.share * two.share).toBeCloseTo(both.share, 12);
    expect(Math.hypot(two.share * one.noise, two.noise)).toBeCloseTo(both.noise, 9);
  },
);

test.each(processNames)('short transitions of %s are Euler–Maruyama steps of its SDE', (name) => {
  const process = processes[name]();
  const t = process.timeOf(0.7);
  const h = 1e-5 * t;
  const level = (at: number) => ({ t: at, sigma: process.sigma(at) });
  const { share, noise } = transition(process, level(t), level(t + h));
  expect((share - 1) / h).toBeCloseTo(process.drift(t), 3);
  expect(noise ** 2 / h / diffusion2(process, t)).toBeCloseTo(1, 3);
});

test('the joint law is that of simulated forward paths, to four standard errors', () => {
  const { process, levels } = levelsOf('vp');
  const random = new Random(3);
  const mixture = mixtures.uneven;
  let x = sample(mixture, 4000, random);
  const clouds = forwardSteps(process, levels).map(({ stages }) => {
    for (const stage of stages) x = x.map((value) => stage.x[0] * value + stage.x[4] * random.normal());
    return x;
  });
  for (const i of [0, 1, 3]) {
    for (const j of [2, 3, 4]) {
      const { value, error } = correlate(clouds[i]!, clouds[j]!);
      const wanted = correlation(process, mixture, levels[i]!, levels[j]!);
      expect(Math.abs(value - wanted), `${i} ${j}`).toBeLessThan(4 * error + 1e-9);
      expect(correlation(process, mixture, levels[j]!, levels[i]!)).toBe(wanted);
    }
  }
  expect(totalVariance(mixtures.pair)).toBeCloseTo(4 * 0.8 * 0.2 + 2 * 0.15 ** 2, 12);
});

test('the standard error is the spread of estimates', () => {
  const random = new Random(8);
  const found = Array.from({ length: 300 }, () => {
    const a = sample(mixtures.uneven, 400, random);
    return correlate(
      a,
      a.map((value) => value + random.normal()),
    );
  });
  const mean = found.reduce((sum, { value }) => sum + value, 0) / found.length;
  const spread = Math.sqrt(found.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / found.length);
  const said = found.reduce((sum, { error }) => sum + error, 0) / found.length;
  expect(said / spread).toBeGreaterThan(0.85);
  expect(said / spread).toBeLessThan(1.18);
});

test('a cloud of the marginal is inside the noise of sampling; a shifted, a shrunk and a reweighted one are not', () => {
  const random = new Random(4);
  const draw = (n: number, from: Random) => marginalSample(mixtures.pair, n, { s: 0.9, std: 0.7 }, from);
  const good = draw(1024, random);
  const clouds = [
    good,
    good.map((value, i) => (i % 2 === 1 ? value + 0.15 : value)),
    good.map((value, i) => (i % 2 === 1 ? 0.8 * value : value)),
    marginalSample([...mixtures.pair].reverse(), 1024, { s: 0.9, std: 0.7 }, random).map((value) => -value),
  ];
  const { noise, limit, clouds: judged } = judge(draw, clouds, random);
  expect(judged.map(({ distance }) => distance > limit)).toEqual([false, true, true, true]);
  for (const { distance, low, high } of judged) {
    expect(low).toBeLessThanOrEqual(distance);
    expect(high).toBeGreaterThan(low);
  }
  expect(noise).toBeLessThan(limit);
  expect(judged[3]!.low).toBeGreaterThan(noise);
});
