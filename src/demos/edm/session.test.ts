/** The sampler as the laboratory drives it: orders of convergence, identities between samplers, files, no leaks. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import type { DemoDecl } from '@/lab/demo';
import { defaultsOf } from '@/lab/schema';
import type { Context } from '@/lab/session';
import { applyRules } from '@/lab/validate';
import { Pool } from '@/lib/pool';
import { writeSafetensors } from '@/lib/safetensors';
import { tensor, valuesOf, type HostTensor } from '@/lib/tensor';
import { bytesOf } from '@/methods/diffusion/particles';
import { repeatSteps } from '@/methods/diffusion/repeat';
import { processes } from '@/methods/diffusion/process';
import { cpuWorker } from '@/shaders/cpu-worker';
import { programOf } from './config';
import { demo } from './demo';
import type { Params } from './params';
import { knownDigits } from './digits';
import { create, createCpu } from './run';

let device: Device;
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
const { signal } = new AbortController();
const defaults: Params = defaultsOf(demo.params);
const small: Params = { ...defaults, particles: 300, data: 'uneven' };
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const open = (files: Context['files'] = {}): Context => ({
  device,
  scope: device.root.child('demo'),
  pool,
  tuner: new Tuner(memoryStore()),
  shipped,
  files,
});

async function samplesOf(patch: Partial<Params>): Promise<Float64Array> {
  const ctx = open();
  const session = await create(ctx, { ...small, ...patch }, signal);
  await session.step(1, signal);
  const [check] = await session.verify(signal);
  expect(check).toMatchObject({ pass: true });
  const x = await session.read('samples');
  ctx.scope.close();
  return Float64Array.from(valuesOf(x));
}

const apart = (a: Float64Array, b: Float64Array): number =>
  Math.hypot(...a.map((value, i) => value - b[i]!)) / Math.hypot(...b);

test.each([
  ['euler', 1, 0.2],
  ['heun', 2, 0.3],
  ['dpmpp-2m', 2, 0.4],
] as const)('%s has order %d on the GPU', async (sampler, order, tolerance) => {
  const ctx = open();
  const session = await create(ctx, { ...small, sampler }, signal);
  await session.step(1, signal);
  const found = await session.assess(signal);
  expect(Math.abs(found.order! - order)).toBeLessThan(tolerance);
  expect(session.series()[0]!.y).toHaveLength(11);
  // As near to exact samples as two of those are to each other.
  expect(found.distance).toBeLessThan(0.4);
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

test('DDIM with η = 0 is Euler in (x/s, σ), for every process, to 1e-5', async () => {
  const bounds = {
    bounds: 'custom',
    'sigma-max': 50,
    'sigma-min': 0.01,
    schedule: 'edm',
    steps: 30,
  } as const;
  const wanted = await samplesOf({ ...bounds, process: 'edm', sampler: 'euler' });
  for (const process of ['vp', 've', 'sub-vp', 'flow', 'ddpm'] as const) {
    const piece = processes[process]();
    const t = piece.timeOf(50);
    // The same starting noise in x/s: a prior of s σ, where EDM's is σ.
    expect(piece.std(t) / piece.s(t)).toBeCloseTo(50, 9);
    expect(apart(await samplesOf({ ...bounds, process, sampler: 'ddim' }), wanted), process).toBeLessThan(
      1e-5,
    );
  }
});

test('flow matching is EDM’s framework on the same levels and noise, to 1e-5', async () => {
  const levels = {
    schedule: 'flow',
    bounds: 'custom',
    'sigma-max': 80,
    'sigma-min': 0.01,
    steps: 40,
  } as const;
  const one = await samplesOf({ ...levels, process: 'flow', sampler: 'euler' });
  const other = await samplesOf({ ...levels, process: 'edm', sampler: 'ddim' });
  expect(apart(one, other)).toBeLessThan(1e-5);
});

const stored = (tensors: Record<string, HostTensor>): Uint8Array<ArrayBuffer> =>
  writeSafetensors(new Map(Object.entries(tensors)));
const file = { name: 'm.safetensors', bytes: 1, sha256: '0'.repeat(64) };
const means = tensor('f32', [2, 2], [-0.3, -0.1, 2.7, 0.9]);
const covariances = tensor('f32', [2, 2, 2], [0.04, 0.03, 0.03, 0.04, 1e-4, 0, 0, 1]);
const weights = tensor('f32', [2], [9, 1]);

test('a mixture of the reader’s own is sampled, with its rare component and its thin one', async () => {
  const ctx = open({ mixture: stored({ means, covariances, weights }) });
  const params = { ...small, mixture: file, particles: 20_000, steps: 40 };
  const session = await create(ctx, params, signal);
  const { nfe } = await session.step(1, signal);
  expect(nfe).toBe(79);
  const x = valuesOf(await session.read('samples'));
  let right = 0;
  let square = 0;
  for (let i = 0; i < x.length; i += 2) {
    if (x[i]! < 1.2) continue;
    right++;
    square += (x[i]! - 2.7) ** 2;
  }
  // A tenth, to four standard errors; its standard deviation across is 0.01.
  expect(Math.abs(right / 20_000 - 0.1)).toBeLessThan(0.0085);
  expect(Math.sqrt(square / right)).toBeCloseTo(0.01, 3);
  const [times, sigmas] = [await session.read('times'), await session.read('sigmas')];
  expect([times.shape, sigmas.shape]).toEqual([[41], [41]]);
  expect([valuesOf(sigmas)[0], valuesOf(sigmas)[40]]).toEqual([80, 0]);
  ctx.scope.close();
});

test.each([
  [{ means, covariances }, 'weights'],
  [{ means, covariances, weights: tensor('f32', [2], [1, -1]) }, 'none may be negative'],
  [
    { means, weights, covariances: tensor('f32', [2, 2, 2], [1, 2, 2, 1, 1, 0, 0, 1]) },
    'no negative eigenvalue',
  ],
  [{ means: tensor('f32', [2, 2], [NaN, 0, 0, 0]), covariances, weights }, 'every number must be finite'],
  [{ means, covariances, weights: tensor('f32', [3], [1, 1, 1]) }, 'weights'],
])('a wrong mixture is refused: %#', async (tensors, sentence) => {
  const ctx = open({ mixture: stored(tensors) });
  await expect(async () => create(ctx, { ...small, mixture: file }, signal)).rejects.toThrow(sentence);
  ctx.scope.close();
});

test('pairs that do not go together, bounds that cross and churn beyond its clamp give way, with a sentence', () => {
  const settled = (patch: Partial<Params>) =>
    applyRules(demo as unknown as DemoDecl, { ...defaults, ...patch });
  expect(settled({ sampler: 'ddpm', process: 'edm' }).params.sampler).toBe('heun');
  expect(settled({ bounds: 'custom', 'sigma-min': 5, 'sigma-max': 2 }).params['sigma-min']).toBeLessThan(2);
  // (√2 − 1) N is the limit itself, not a whole number near it.
  const churned = (churn: number, steps: number) =>
    settled({ sampler: 'edm-stochastic', churn, steps }).params.churn;
  expect(churned(40, 18)).toBe(7.45);
  expect(churned(8, 18)).toBe(7.45);
  expect(churned(7.4, 18)).toBe(7.4);
  expect(churned(40, 256)).toBe(40);
  expect(churned(1, 1)).toBe(0.41);
  expect(settled({ 'sigma-max': 20 }).params.bounds).toBe('custom');
});

test('every corrector step is verified, and the mean score that scales it, so a wrong one is noticed', async () => {
  const ctx = open();
  const params = { ...small, process: 've', sampler: 'predictor-corrector', steps: 20 } as const;
  const session = await create(ctx, params, signal);
  await session.step(1, signal);
  const [steps, norms] = await session.verify(signal);
  expect(steps).toMatchObject({ name: 'sampler.steps', pass: true });
  expect(steps!.relError).toBeLessThan(1e-5);
  expect(norms).toMatchObject({ name: 'sampler.norms', pass: true, rowsChecked: 3, rows: 20 });
  const trace = await session.trace();
  const wrong = { ...trace, norms: Float64Array.from(trace.norms, (norm) => 1.01 * norm) };
  const check = await repeatSteps(wrong, session.program, session.mixture, params.seed, signal);
  expect(check.pass).toBe(false);
  ctx.scope.close();
});

test('the exact denoiser of digit images draws those that it knows, of the digit that was asked for', async () => {
  const ctx = open();
  const session = await create(ctx, { ...small, steps: 12, digit: '4' }, signal);
  let seen = 0;
  const found = await session.repeat(() => seen++, signal);
  expect(seen).toBe(13);
  expect(found.error).toBeLessThan(1e-5);
  const known = knownDigits('4');
  expect(known.count).toBeGreaterThan(50);
  expect(new Set(known.labels)).toEqual(new Set([4]));
  for (const { distance } of found.nearest) expect(distance).toBeLessThan(1e-3);
  // Not one of them again and again.
  expect(new Set(found.nearest.map(({ index }) => index)).size).toBeGreaterThan(10);
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

test('half a million stages are bound in buffers that every adapter has', () => {
  const params = { ...small, sampler: 'annealed-langevin', steps: 1000, 'langevin-steps': 500 } as const;
  const program = programOf(params);
  expect(program.reduce((sum, { stages }) => sum + stages.length, 0)).toBe(500_002);
  const bytes = bytesOf(device, program, { particles: 300, seed: 1, K: 256 });
  expect(Math.max(...bytes)).toBeLessThan(128 * 2 ** 20);
});

test('over a finite data set, on the attention kernels, every sampler but one with noise at the end lands on the data', async () => {
  const text = '0,0\n4,1\n-2,3\n1,-3\n';
  const ctx = open({ mixture: new TextEncoder().encode(text) });
  const params = { ...small, mixture: { ...file, name: 'p.csv' }, steps: 30 } as const;
  for (const sampler of ['heun', 'dpmpp-2m', 'reverse-sde'] as const) {
    const session = await create(ctx, { ...params, sampler }, signal);
    const found = await session.remember(signal);
    expect(found.data.count).toBe(4);
    expect(found.error).toBeLessThan(1e-5);
    expect(found.ended).toBe(found.particles);
  }
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

test('a hundred thousand particles leave the page alive meanwhile, and stop within a second of being told to', async () => {
  const ctx = open();
  const params = { ...defaults, particles: 2 ** 17, sampler: 'heun', steps: 300, data: 'spiral' } as const;
  const session = await create(ctx, params, signal);
  let [last, worst] = [performance.now(), 0];
  const timer = setInterval(() => {
    worst = Math.max(worst, performance.now() - last);
    last = performance.now();
  }, 5);
  const cancel = new AbortController();
  const running = session.step(1, cancel.signal);
  await new Promise((resolve) => setTimeout(resolve, 400));
  const told = performance.now();
  cancel.abort();
  await expect(running).rejects.toThrow(/abort/i);
  expect(performance.now() - told).toBeLessThan(1000);
  clearInterval(timer);
  expect(worst).toBeLessThan(500);
  ctx.scope.close();
  expect(device.root.live).toBe(0);
});

test('the same sampler without a GPU ends on the same particles', async () => {
  const patch = { process: 've', sampler: 'predictor-corrector', particles: 64, steps: 20 } as const;
  const session = await createCpu({ pool, files: {} }, { ...small, ...patch }, signal);
  await session.step(1, signal);
  const found = Float64Array.from(valuesOf(await session.read('samples')));
  expect(apart(found, await samplesOf(patch))).toBeLessThan(1e-3);
});
