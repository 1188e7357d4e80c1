/** Whatever a link or a command line says, the page has a plain sentence and a program of finite numbers. */
import { expect, test } from 'vitest';
import type { DemoDecl } from '@/lab/demo';
import { clean, strict, type Raw } from '@/lab/validate';
import { Random } from '@/lib/random';
import { programOf } from './config';
import { demo as declared } from './demo';
import type { Params } from './params';

const demo = declared as unknown as DemoDecl;

test.each([
  [{ steps: '0' }, 'steps', 1, 'a whole number from 1 to 1000'],
  [{ steps: '-3' }, 'steps', 1, 'a whole number from 1 to 1000'],
  [{ steps: 'NaN' }, 'steps', 18, 'a whole number from 1 to 1000'],
  [{ steps: 'Infinity' }, 'steps', 18, 'a whole number from 1 to 1000'],
  [{ steps: '2.5' }, 'steps', 3, 'a whole number from 1 to 1000'],
  [{ particles: '0' }, 'particles', 1, 'a whole number from 1 to 4194304'],
  [{ 'sigma-max': 'NaN' }, 'sigma-max', 80, 'a number from 0.1 to 1000'],
  [{ 'sigma-min': '0', bounds: 'custom' }, 'sigma-min', 0.0001, 'a number from 0.0001 to 10'],
  [{ 'sigma-min': '5', 'sigma-max': '2', bounds: 'custom' }, 'sigma-min', 0.002, 'below sigma-max = 2'],
  [{ 'sigma-min': '2', 'sigma-max': '2', bounds: 'custom' }, 'sigma-min', 0.002, 'below sigma-max = 2'],
  [{ 'churn-min': '5', 'churn-max': '2', sampler: 'edm-stochastic' }, 'churn-min', 0, 'below churn-max'],
  [{ sampler: 'edm-stochastic', churn: '8', steps: '18' }, 'churn', 7.45, 'up to 7.45 with 18 steps'],
  [{ sampler: 'edm-stochastic', process: 'vp' }, 'sampler', 'heun', 'goes with edm and ve'],
  [{ process: 'ddim' }, 'process', 'edm', 'edm, vp, ve, sub-vp, flow, ddpm'],
  [{ preconditioning: 'none' }, 'preconditioning', 'edm', 'edm, vp, ve, iddpm, flow'],
  [{ 'network-error': '-1' }, 'network-error', 0, 'a number from 0 to 0.5'],
  [{ mixture: 'm.safetensors' }, 'mixture', null, 'name~bytes~sha256'],
] as const)('%j', (raw, param, used, allowed) => {
  const { params, notices } = clean(demo, raw);
  expect(params[param]).toBe(used);
  const notice = notices.find((each) => each.param === param)!;
  expect(notice.text.en).toContain(allowed);
  expect(notice.text.zh).not.toBe('');
  expect(() => strict(demo, raw as Raw)).toThrow(allowed);
});

test('a schedule of given levels that has fewer than steps between its bounds goes between them', () => {
  const levels = (schedule: string, low: string, high: string): number[] => {
    const raw = { schedule, 'sigma-min': low, 'sigma-max': high, bounds: 'custom', steps: '50' };
    return programOf(clean(demo, raw).params as Params).map(({ sigma }) => sigma);
  };
  for (const schedule of ['ddpm', 'iddpm']) {
    const few = levels(schedule, '0.1', '0.2');
    expect(new Set(few).size).toBe(51);
    // None of its own lies here.
    const none = levels(schedule, '0.1', '0.1001');
    expect(none.every((sigma, i) => i === 0 || sigma < none[i - 1]!)).toBe(true);
  }
});

test('any settings that pass make a program of finite numbers whose levels fall to 0', () => {
  const random = new Random(77);
  for (let trial = 0; trial < 400; trial++) {
    const raw = Object.entries(demo.params).flatMap(([name, param]): [string, string][] => {
      if (param.kind === 'choice') return [[name, random.pick(Object.keys(param.options))]];
      if (param.kind !== 'range') return [];
      // Often an end, sometimes beyond it.
      const { min, max } = param;
      const inside = min * (Math.max(max, 1e-9) / Math.max(min, 1e-9)) ** random.uniform();
      return [[name, String(random.pick([min, max, param.default, inside, 2 * max, -1]))]];
    });
    const settings = { ...Object.fromEntries(raw), steps: String(random.int(1, 60)), 'langevin-steps': '3' };
    const params = clean(demo, settings).params as Params;
    const program = programOf(params);
    const said = JSON.stringify(params);
    program.forEach(({ sigma, stages }, step) => {
      if (step > 0) expect(sigma, said).toBeLessThan(program[step - 1]!.sigma);
      for (const { s, std, x, h, a, langevin = 0 } of stages)
        expect([s, std, langevin, ...x, ...h, ...a].every(Number.isFinite), said).toBe(true);
    });
    expect(program[program.length - 1]!.sigma).toBe(0);
  }
});
