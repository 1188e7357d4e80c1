/** Where the denoiser does not change, EDM's and the flow's paths are straight and VP's are not; EDM's levels lose least. */
import { expect, test } from 'vitest';
import { mixtures } from '@/methods/diffusion/data';
import { levelsOf, type ScheduleName } from '@/methods/diffusion/levels';
import { component } from '@/methods/diffusion/mixture';
import { processes } from '@/methods/diffusion/process';
import { bends, stepErrors } from './curvature';

test('over a single point the paths of EDM and of a flow do not bend, and those of VP and VE do', () => {
  const point = [component(1, [0.5, 0.2], 0, 0, 0)];
  const bend = (name: keyof typeof processes): number => bends(processes[name](), point, [1], 1)[0]!.bend;
  expect(bend('edm')).toBeLessThan(1e-9);
  expect(bend('flow')).toBeLessThan(1e-9);
  expect(bend('vp')).toBeGreaterThan(0.05);
  // σ = √t: the same line, but its speed falls as 1/σ.
  expect(bend('ve')).toBeCloseTo(1, 1);
});

test('VE loses many times what EDM does, by its clock alone, and EDM’s levels lose least at small noise', () => {
  const lost = (process: keyof typeof processes, schedule: ScheduleName, below = Infinity): number => {
    const levels = levelsOf(schedule, 18, { bounds: { sigmaMin: 0.002, sigmaMax: 80 } });
    return stepErrors(processes[process](), mixtures.spiral, levels, 1)
      .filter(({ to }) => to < below)
      .reduce((sum, { error }) => sum + error, 0);
  };
  expect(lost('ve', 'edm') / lost('edm', 'edm')).toBeGreaterThan(30);
  const edm = lost('edm', 'edm', 0.05);
  for (const other of ['vp', 'iddpm', 'flow', 'cosine'] as const)
    expect(edm).toBeLessThan(lost('edm', other, 0.05));
});

test('one step from pure noise has an error, and halving every step quarters it', () => {
  const [first] = stepErrors(processes.flow(), mixtures.ring, [Infinity, 5, 1], 1);
  expect(Number.isFinite(first!.error)).toBe(true);
  const at = (ratio: number): number => stepErrors(processes.edm(), mixtures.ring, [1, ratio], 1)[0]!.error;
  expect(at(0.9) / at(0.95)).toBeGreaterThan(3);
  expect(at(0.9) / at(0.95)).toBeLessThan(5);
});
