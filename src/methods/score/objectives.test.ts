/** Losses and their gradients against finite differences of float64 networks, where ∇s is differentiated once more. */
import { expect, test } from 'vitest';
import { Pool } from '@/lib/pool';
import { Random } from '@/lib/random';
import { valuesOf, type HostTensors } from '@/lib/tensor';
import { mixtures } from '@/methods/diffusion/data';
import { cpuWorker } from '@/shaders/cpu-worker';
import { cpuStep, evaluate, gradientsOf, inFloat64, namedWeights } from '@/tensor/onCpu';
import { initialValues, layoutOf } from '@/tensor/parameters';
import { outputOf } from './network';
import { batchOf, networkOf, objectives, type Objective } from './objectives';

const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
const { signal } = new AbortController();
const ROWS = 3;
const WIDTH = 4;
const sigmas = [1, 0.3, 0.1];

/** The objective by its definition, ∇F by central differences. */
function lossOf(objective: Objective, weights: Float64Array, batch: HostTensors): number {
  const F = outputOf(layoutOf(networkOf(objective, ROWS, WIDTH).parameters).slices, weights);
  const [u, target] = [valuesOf(batch.u!), batch.target && valuesOf(batch.target)];
  let total = 0;
  for (let row = 0; row < ROWS; row++) {
    const at = [...u.subarray(3 * row, 3 * row + 3)];
    const y = F(at);
    if (target) {
      total += 0.5 * ((y[0]! - target[2 * row]!) ** 2 + (y[1]! - target[2 * row + 1]!) ** 2);
      continue;
    }
    const D = batch.directions!.shape[0]!;
    for (let d = 0; d < D; d++) {
      const i = d * ROWS + row;
      const v = valuesOf(batch.directions!).subarray(2 * i, 2 * i + 2);
      const tangent = valuesOf(batch.tangents!).subarray(3 * i, 3 * i + 3);
      const h = 1e-4;
      const moved = (sign: number): number[] => F(at.map((each, axis) => each + sign * h * tangent[axis]!));
      const [up, down] = [moved(1), moved(-1)];
      const along = [0, 1].reduce((sum, c) => sum + (v[c]! * (up[c]! - down[c]!)) / (2 * h), 0);
      total += 0.5 * (v[0]! * y[0]! + v[1]! * y[1]!) ** 2 + along;
    }
  }
  return total / ROWS;
}

test.each(objectives)('%s: loss and gradients are those of its definition', async (objective) => {
  const network = networkOf(objective, ROWS, WIDTH);
  const layout = layoutOf(network.parameters);
  const first = Float64Array.from(valuesOf(initialValues(layout, new Random(5))));
  const batch = batchOf(objective, mixtures.uneven, sigmas, ROWS, new Random(6));
  const step = cpuStep(network, namedWeights(layout.slices, first), batch);
  const values = await evaluate(step, inFloat64(pool, signal));
  const [loss] = valuesOf(values.get(step.step.loss)!);
  expect(loss).toBeCloseTo(lossOf(objective, first, batch), 6);
  const gradients = valuesOf(gradientsOf(layout, step, values));
  const h = 1e-4;
  for (const { name, shape, from } of layout.slices) {
    const size = shape.reduce((a, b) => a * b, 1);
    for (const i of [from, from + size - 1]) {
      const moved = (by: number): number => lossOf(objective, first.with(i, first[i]! + by), batch);
      expect(gradients[i], `${name} ${i - from}`).toBeCloseTo((moved(h) - moved(-h)) / (2 * h), 4);
    }
  }
});

test('sliced is exact on average over directions', () => {
  const random = new Random(9);
  const second = [0, 0, 0];
  const n = 20_000;
  const { directions } = batchOf('sliced', mixtures.pair, sigmas, n, random);
  const v = valuesOf(directions!);
  for (let i = 0; i < n; i++) {
    second[0]! += v[2 * i]! ** 2 / n;
    second[1]! += v[2 * i + 1]! ** 2 / n;
    second[2]! += (v[2 * i]! * v[2 * i + 1]!) / n;
  }
  // E[v vᵀ] = I, to four standard errors.
  expect(second[0]).toBeCloseTo(1, 1);
  expect(Math.abs(second[0]! - 1)).toBeLessThan((4 * Math.SQRT1_2) / Math.sqrt(n));
  expect(Math.abs(second[1]! - 1)).toBeLessThan((4 * Math.SQRT1_2) / Math.sqrt(n));
  expect(Math.abs(second[2]!)).toBeLessThan((4 * Math.SQRT1_2) / Math.sqrt(n));
});
