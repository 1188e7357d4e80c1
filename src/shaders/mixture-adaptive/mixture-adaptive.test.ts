/** The pair of formulae has its order, keeps to its bound, and the kernel's end points come with the tolerance. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { run } from '@/gpu/run';
import { openTestDevice } from '@/gpu/testing';
import { compare } from '@/lib/compare';
import { Random } from '@/lib/random';
import { tensor, toFloat64 } from '@/lib/tensor';
import { marginalPoints, mixtures, packComponents } from '@/shaders/lib/mixtureCases';
import { dormandPrince, type Slope } from './dormandPrince';
import { kernel, type AdaptiveAttrs } from './kernel';
import { reference } from './reference';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

/** A turning point: y′ = (−y₂, y₁) and an integral that is sin. */
const turn: Slope = (_level, state, out) => {
  out[0] = -state[1]!;
  out[1] = state[0]!;
  out[2] = state[0]!;
};
const turned = (tolerance: number, most = 1e6) => {
  const state = Float64Array.of(1, 0, 0);
  const { evaluations, left } = dormandPrince(turn, state, 0, 7, { tolerance, most, judged: 3 });
  const error = Math.hypot(state[0]! - Math.cos(7), state[1]! - Math.sin(7), state[2]! - Math.sin(7));
  return { evaluations, left, error };
};

test('the error falls with the tolerance, and as the fifth power of the steps', () => {
  const found = [1e-4, 1e-6, 1e-8, 1e-10].map((tolerance) => turned(tolerance));
  found.forEach(({ error, left }, i) => {
    expect(left).toBe(0);
    expect(error).toBeLessThan(10 * 100 ** -i * 1e-4);
  });
  const [coarse, fine] = [found[1]!, found[3]!];
  const order = Math.log(coarse.error / fine.error) / Math.log(fine.evaluations / coarse.evaluations);
  expect(order).toBeGreaterThan(4.5);
  expect(order).toBeLessThan(6.5);
});

test('backwards is the same way', () => {
  const state = Float64Array.of(1, 0, 0);
  const options = { tolerance: 1e-9, most: 1e6, judged: 3 };
  dormandPrince(turn, state, 0, 3, options);
  dormandPrince(turn, state, 3, 0, options);
  expect(Math.hypot(state[0]! - 1, state[1]!, state[2]!)).toBeLessThan(1e-7);
});

test('a bound on the steps leaves the rest of the way', () => {
  const { left, evaluations } = turned(1e-8, 3);
  expect(left).toBeGreaterThan(0);
  expect(evaluations).toBe(20);
});

const attrs: AdaptiveAttrs = {
  ...{ from: 0.05, to: 80, tolerance: 1e-5, most: 1000, density: true },
  ...{ hutchinson: false, seed: 0, stream: 0 },
};

test('on the GPU: 1e-5 ends within 1e-4 of the float64 path, and less tolerance costs more', async () => {
  const parts = mixtures.eight;
  const points = marginalPoints(parts, { n: 48, s: 1, std: attrs.from }, new Random(4));
  const inputs = { y: tensor('f32', [48, 2], points), components: packComponents(parts) };
  const exact = reference(inputs, { ...attrs, tolerance: 1e-7 }, [...Array(48).keys()]);
  const errors: number[] = [];
  const costs: number[] = [];
  for (const tolerance of [1e-3, 1e-4, 1e-5]) {
    const found = await run(device, kernel, inputs, { ...attrs, tolerance });
    const [end, change] = [toFloat64(found.end!), toFloat64(found.change!)];
    const off = (of: 'end' | 'change'): number =>
      compare(of === 'end' ? end : change, exact[of]!, 48).relError;
    errors.push(Math.max(off('end'), off('change')));
    costs.push(toFloat64(found.evaluations!).reduce((a, b) => a + b) / 48);
    expect([...toFloat64(found.left!)].every((value) => value === 0)).toBe(true);
  }
  expect(errors[2]).toBeLessThan(1e-4);
  expect(errors[2]).toBeLessThan(errors[1]!);
  expect(errors[1]).toBeLessThan(errors[0]!);
  expect(costs[2]).toBeGreaterThan(costs[1]!);
  expect(costs[1]).toBeGreaterThan(costs[0]!);
  const stopped = await run(device, kernel, inputs, { ...attrs, most: 2 });
  expect(Math.min(...toFloat64(stopped.left!))).toBeGreaterThan(0);
});
