/** The density through the ODE is the mixture's own, whatever the process; Hutchinson's estimate has it as its mean. */
import { expect, test } from 'vitest';
import { Random } from '@/lib/random';
import { jacobianAlong, logLikelihood } from './likelihood';
import { component, denoise } from './mixture';
import { processNames } from './names';
import { processes } from './process';

const mixture = [
  component(0.3, [-1.4, 0.3], 0.09, 0.04, 0.05),
  component(0.6, [0.8, 0.1], 0.04, 0, 0.01),
  component(0.1, [-0.6, -1.5], 0.02, -0.01, 0.08),
];
const points = [
  [0.4, -0.3],
  [-1.2, 0.5],
  [0.9, 0.1],
  [1.6, 0.9],
] as const;

test('the derivative of the denoiser against differences', () => {
  const step = 1e-5;
  for (const [s, std] of [
    [1, 0.3],
    [0.4, 0.9],
    [1, 20],
  ] as const) {
    for (const x of points) {
      const v = [0.6, -0.8] as const;
      const at = (by: number) => denoise(mixture, [x[0] + by * v[0], x[1] + by * v[1]], s, std).mean;
      const [plus, minus] = [at(step), at(-step)];
      const wanted = ((plus[0] - minus[0]) * v[0] + (plus[1] - minus[1]) * v[1]) / (2 * step);
      expect(jacobianAlong(mixture, x, s, std, [v]).along[0]).toBeCloseTo(wanted, 6);
    }
  }
});

test.each(processNames)('log p of %s', (name) => {
  const process = processes[name]();
  const sigmaMin = 0.05;
  for (const x of points) {
    const { s, std } = { s: process.s(process.timeOf(sigmaMin)), std: process.std(process.timeOf(sigmaMin)) };
    // The prior forgets the data's own variance, which a large σ makes small beside it.
    const found = logLikelihood(process, mixture, x, { sigmaMin, sigmaMax: 2000, steps: 1200 });
    expect(found).toBeCloseTo(denoise(mixture, x, s, std).logp, 3);
  }
});

test('Hutchinson’s estimate has the trace as its mean', () => {
  const random = new Random(2);
  const x = [0.4, -0.3] as const;
  const axes = jacobianAlong(mixture, x, 1, 0.3, [
    [1, 0],
    [0, 1],
  ]).along;
  const trace = axes[0]! + axes[1]!;
  const sign = (): 1 | -1 => (random.uniform() < 0.5 ? -1 : 1);
  const found = Array.from(
    { length: 400 },
    () => jacobianAlong(mixture, x, 1, 0.3, [[sign(), sign()]]).along[0]!,
  );
  const mean = found.reduce((a, b) => a + b) / found.length;
  const spread = Math.sqrt(found.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / found.length;
  expect(Math.abs(mean - trace)).toBeLessThan(4 * spread + 1e-12);
  // One probe for a whole path is off by what it is off; its sign does not matter.
  const options = { sigmaMin: 0.05, sigmaMax: 80 };
  const one = logLikelihood(processes.edm(), mixture, x, { ...options, probe: [1, -1] });
  expect(logLikelihood(processes.edm(), mixture, x, { ...options, probe: [-1, 1] })).toBeCloseTo(one, 9);
});
