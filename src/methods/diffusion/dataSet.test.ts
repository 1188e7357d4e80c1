/** A data set's denoiser on the attention kernels is the mixture of points it stands for, and its samples are the data. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { download } from '@/gpu/transfer';
import { Random } from '@/lib/random';
import { toFloat64 } from '@/lib/tensor';
import { normals } from '@/shaders/lib/gauss';
import { attentionDenoiser, dataDenoiser, nearest, type DataSet } from './dataSet';
import { component, denoiserOf } from './mixture';
import { processes } from './process';
import { steps } from './samplers';
import { edmSigmas, flowSigmas } from './schedules';
import { advanceWide, wideOrigin } from './trajectory';
import { Walk } from './walk';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const made = (count: number, width: number): DataSet => ({
  values: new Random(9).normals(count * width, 0.7),
  ...{ count, width },
});

test('the mixture of points without extent has the same denoiser', () => {
  const data = made(20, 2);
  const exact = denoiserOf(
    Array.from({ length: 20 }, (_, j) =>
      component(1, [data.values[2 * j]!, data.values[2 * j + 1]!], 0, 0, 0),
    ),
  );
  for (const [s, std] of [
    [1, 0.3],
    [0.5, 0.9],
    [1, 30],
  ] as const) {
    const { mean, weights } = dataDenoiser(data)([0.3, -0.2], s, std);
    const [x, y] = exact([0.3, -0.2], s, std);
    expect(mean[0]).toBeCloseTo(x, 12);
    expect(mean[1]).toBeCloseTo(y, 12);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  }
});

test.each([
  ['points', 2, 97, 'edm'],
  ['points from t = 1', 2, 97, 'flow'],
  // One more than a fused head has room for.
  ['images', 256, 60, 'edm'],
] as const)(
  '%s: every step on the attention kernels is float64’s, and ends on the data',
  async (_name, width, count, name) => {
    const data = made(count, width);
    const sigmas = name === 'flow' ? flowSigmas(14) : edmSigmas(14, { sigmaMin: 0.01, sigmaMax: 80 });
    const program = steps(processes[name](), 'heun', sigmas);
    const scope = device.root.child('data');
    const options = { shape: [40, width], seed: 3, traced: 5 };
    const walk = await Walk.create(device, scope, program, options, (x) =>
      attentionDenoiser(device, scope, data, x),
    );
    await walk.run(new AbortController().signal);
    const trace = toFloat64(await download(device, walk.trace));
    const ends = toFloat64(await download(device, walk.x));
    scope.close();
    const each = Math.ceil(width / 4);
    const exact = dataDenoiser(data);
    let [error, norm] = [0, 0];
    for (let particle = 0; particle < 5; particle++) {
      let [state, first] = [wideOrigin(width), 0];
      program.forEach(({ stages }, step) => {
        const at = (row: number) => (row * 5 + particle) * width;
        if (step > 0) state = { ...state, x: trace.slice(at(step - 1), at(step - 1) + width) };
        state = advanceWide(
          state,
          stages,
          (x, s, std) => exact(x, s, std).mean,
          (stage, c) => normals(particle * each + Math.floor(c / 4), 3, stage)[c % 4]!,
          first,
        );
        first += stages.length;
        state.x.forEach((value, c) => {
          error += (value - trace[at(step) + c]!) ** 2;
          norm += value ** 2;
        });
      });
    }
    expect(Math.sqrt(error / norm)).toBeLessThan(1e-5);
    // Fourteen even steps of a flow end where several points are still near.
    for (let particle = 0; name === 'edm' && particle < 40; particle++) {
      const x = ends.subarray(particle * width, (particle + 1) * width);
      expect(nearest(data, x).distance / Math.sqrt(width)).toBeLessThan(0.01);
    }
    expect(device.root.live).toBe(0);
  },
);
