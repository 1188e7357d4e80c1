/** The U-Net as a sampler's denoiser is what its preconditioning says: each step again with F in float64. */
import { expect, test } from 'vitest';
import { openTestDevice } from '@/gpu/testing';
import { download } from '@/gpu/transfer';
import { Pool } from '@/lib/pool';
import { Random } from '@/lib/random';
import { writeSafetensors } from '@/lib/safetensors';
import { sizeOf, tensor, toFloat64, type HostTensor } from '@/lib/tensor';
import { edmAt, preconditionings } from '@/methods/diffusion/preconditioning';
import { processes } from '@/methods/diffusion/process';
import { steps } from '@/methods/diffusion/samplers';
import { edmSigmas, flowSigmas } from '@/methods/diffusion/schedules';
import { Walk } from '@/methods/diffusion/walk';
import { noiseFeatures, unet } from '@/models/unet';
import { cpuWorker } from '@/shaders/cpu-worker';
import { Graph, Tensor } from '@/tensor/graph';
import { evaluate, inFloat64 } from '@/tensor/onCpu';
import { unetDenoiser } from './unet';

test('EDM’s coefficients in s and std are the paper’s in σ, and finite at s = 0', () => {
  const { cSkip, cOut, cIn, cNoise } = preconditionings.edm();
  for (const [s, sigma] of [
    [1, 0.3],
    [0.4, 2],
    [0.01, 60],
  ] as const) {
    const { skip, out, input, noise } = edmAt({ s, std: s * sigma });
    expect(skip * s).toBeCloseTo(cSkip(sigma), 12);
    expect(out).toBeCloseTo(cOut(sigma), 12);
    expect(input * s).toBeCloseTo(cIn(sigma), 12);
    expect(noise).toBeCloseTo(cNoise(sigma), 12);
  }
  expect(Object.values(edmAt({ s: 0, std: 1 })).every(Number.isFinite)).toBe(true);
});

test('a step of the sampler over the U-Net is D = c_skip x + c_out F with F in float64', async () => {
  const device = await openTestDevice();
  const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
  const { signal } = new AbortController();
  const [rows, size] = [2, 8];
  const network = unet({ rows, size, channels: 16, classes: 10 });
  const random = new Random(5);
  const weights = new Map(
    network.parameters.map(({ name, shape }): [string, HostTensor] => [
      name,
      tensor('f32', shape, random.normals(sizeOf(shape), 0.15)),
    ]),
  );
  const labels = Int32Array.of(3, 8);
  for (const [name, sigmas] of [
    ['edm', edmSigmas(3, { sigmaMin: 0.1, sigmaMax: 10 })],
    ['flow', flowSigmas(2)],
  ] as const) {
    const program = steps(processes[name](), 'ddim', sigmas);
    const scope = device.root.child('unet');
    const walk = await Walk.create(
      device,
      scope,
      program,
      { shape: [rows, size, size, 1], seed: 4, traced: rows },
      (x) =>
        unetDenoiser(device, scope, { weights: writeSafetensors(weights), file: 'w', labels, program }, x),
    );
    await walk.run(signal);
    const trace = toFloat64(await download(device, walk.trace));
    scope.close();
    const width = rows * size * size;
    for (const [step, { stages }] of program.entries()) {
      if (step === 0) continue;
      const [stage] = stages;
      const before = trace.subarray((step - 1) * width, step * width);
      const { skip, out, input, noise } = edmAt(stage!);
      const graph = new Graph();
      const given = new Map<Tensor, HostTensor>();
      const leaf = (label: string, host: HostTensor): Tensor => {
        const made = new Tensor(graph, label, host.dtype, host.shape, false);
        given.set(made, host);
        return made;
      };
      const leaves = new Map([...weights].map(([key, host]) => [key, leaf(key, host)]));
      const F = network.output((key) => leaves.get(key)!, {
        x: leaf(
          'x',
          tensor(
            'f32',
            [rows, size, size, 1],
            before.map((value) => input * value),
          ),
        ),
        noise: leaf('noise', tensor('f32', [rows, 32], [...noiseFeatures(noise), ...noiseFeatures(noise)])),
        labels: leaf('labels', tensor('i32', [rows], labels)),
      });
      const values = await evaluate({ nodes: graph.nodes, given }, inFloat64(pool, signal));
      const f = toFloat64(values.get(F)!);
      let [error, norm] = [0, 0];
      before.forEach((x, i) => {
        const wanted = stage!.x[0] * x + stage!.x[3] * (skip * x + out * f[i]!);
        error += (trace[step * width + i]! - wanted) ** 2;
        norm += wanted ** 2;
      });
      expect(Math.sqrt(error / norm), `${name} ${step}`).toBeLessThan(1e-4);
    }
  }
  expect(device.root.live).toBe(0);
  device.close();
});
