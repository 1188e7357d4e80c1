import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { Random } from '@/lib/random';
import { download } from '@/gpu/transfer';
import { sizeOf, tensor, valuesOf } from '@/lib/tensor';
import { readSafetensors, writeSafetensors } from '@/lib/safetensors';
import { readCheckpoint, saveCheckpoint } from './checkpoint';
import * as ops from './ops';
import { constant, normal } from './parameters';
import type { StepRecord } from './records';
import type { Network } from './step';
import { Training, type Precision, type TrainingOptions } from './training';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const ROWS = 64;

/** Two layers that tell four arms of a spiral apart, which no linear classifier can. */
const network: Network = {
  parameters: [
    { name: 'hidden.weight', shape: [2, 64], init: normal(2, Math.SQRT2) },
    { name: 'hidden.bias', shape: [64], init: constant(0) },
    { name: 'out.weight', shape: [64, 4], init: normal(64) },
    { name: 'out.bias', shape: [4], init: constant(0) },
  ],
  inputs: { x: { dtype: 'f32', shape: [ROWS, 2] }, targets: { dtype: 'i32', shape: [ROWS] } },
  loss(weight, { x, targets }) {
    const w = weight('hidden.weight');
    const hidden = ops.relu(ops.linear(ops.cast(x!, w.dtype as 'f32'), w, weight('hidden.bias')));
    return ops.crossEntropy(ops.linear(hidden, weight('out.weight'), weight('out.bias')), targets!);
  },
};

function spiral(random: Random) {
  const x = new Float32Array(2 * ROWS);
  const targets = new Int32Array(ROWS);
  for (let row = 0; row < ROWS; row++) {
    const arm = row % 4;
    const r = 0.2 + 1.3 * random.uniform();
    const angle = (arm * Math.PI) / 2 + 1.5 * r;
    x.set([r * Math.cos(angle), r * Math.sin(angle)], 2 * row);
    targets[row] = arm;
  }
  return { x: tensor('f32', [ROWS, 2], x), targets: tensor('i32', [ROWS], targets) };
}

async function train(
  steps: number,
  precision: Precision,
  options: Partial<TrainingOptions> = {},
): Promise<{ history: readonly StepRecord[]; live: number[] }> {
  const scope = device.root.child('training');
  const random = new Random(1);
  const training = await Training.create(device, scope, network, {
    precision,
    rate: 0.02,
    random,
    ...options,
  });
  const data = new Random(2);
  const live: number[] = [];
  for (let i = 0; i < steps; i++) {
    const { x, targets } = spiral(data);
    training.write('x', x);
    training.write('targets', targets);
    await training.step();
    live.push(device.root.live);
  }
  const history = await training.history();
  scope.close();
  return { history, live };
}

const f32: Precision = { format: 'f32', master: true };
const mean = (history: readonly StepRecord[], from: number): number =>
  history.slice(from).reduce((sum, { accuracy }) => sum + accuracy, 0) / (history.length - from);

test('f32 learns what a linear classifier cannot; a thousand steps hold memory flat', async () => {
  const { history, live } = await train(1000, f32);
  expect(history).toHaveLength(1000);
  expect(history[0]!.loss).toBeGreaterThan(1);
  expect(mean(history, 900)).toBeGreaterThan(0.97);
  expect(new Set(live).size).toBe(1);
}, 120_000);

test('the same seed gives the same losses', async () => {
  const [a, b] = [await train(20, f32), await train(20, f32)];
  expect(a.history).toEqual(b.history);
});

test.each<Precision>([
  { format: 'fp16', master: true },
  { format: 'bf16', master: true },
])(
  '$format with master weights follows f32',
  async (precision) => {
    const half = await train(200, precision, { scaler: { initial: 1024, guard: true } });
    const whole = await train(200, f32);
    expect(mean(half.history, 150)).toBeGreaterThan(0.9);
    // The first loss differs by the rounding of the format alone, not by more.
    const [a, b] = [half.history[0]!.loss, whole.history[0]!.loss];
    expect(a).not.toBe(b);
    expect(Math.abs(a - b)).toBeLessThan(precision.format === 'fp16' ? 5e-3 : 5e-2);
  },
  120_000,
);

test('a dynamic loss scale halves on overflow, skips that step, and doubles after the interval', async () => {
  const scaler = { initial: 2 ** 24, dynamic: true, guard: true, interval: 5 };
  const { history } = await train(40, { format: 'fp16', master: true }, { scaler });
  const skipped = history.filter((step) => step.skipped).length;
  expect(skipped).toBeGreaterThan(0);
  let finite = 0;
  for (const [i, { lossScale, skipped: skip }] of history.entries()) {
    const next = history[i + 1]?.lossScale;
    if (next === undefined) break;
    finite = skip ? 0 : finite + 1;
    expect(next).toBe(skip ? lossScale / 2 : finite === 5 ? lossScale * 2 : lossScale);
    if (finite === 5) finite = 0;
  }
});

const opened = async (precision: Precision, seed: number) => {
  const scope = device.root.child('training');
  const training = await Training.create(device, scope, network, {
    ...{ precision, rate: 0.02, random: new Random(seed) },
  });
  const steps = async (count: number): Promise<number[]> => {
    const random = new Random(3);
    for (let i = 0; i < count; i++) {
      for (const [name, host] of Object.entries(spiral(random))) training.write(name, host);
      await training.step();
    }
    return (await training.history()).slice(-count).map(({ loss }) => loss);
  };
  return { scope, training, steps };
};

test('what a checkpoint holds goes on as it was, whatever was trained before and in any mode', async () => {
  const first = await opened({ format: 'fp16', master: true }, 1);
  await first.steps(50);
  const file = await saveCheckpoint(first.training, { network: 'spiral' });
  const losses: number[][] = [];
  const second = await opened({ format: 'fp16', master: true }, 2);
  for (const { training, steps } of [first, second]) {
    training.begin(readCheckpoint(training.layout, file, 'spiral.safetensors'));
    losses.push(await steps(20));
  }
  expect(losses[1]).toEqual(losses[0]);
  const f32 = await opened({ format: 'f32', master: false }, 3);
  f32.training.begin(readCheckpoint(f32.training.layout, file, 'spiral.safetensors'));
  const [once] = await f32.steps(1);
  expect(once).toBeCloseTo(losses[0]![0]!, 2);
  for (const { scope } of [first, second, f32]) scope.close();
});

test('a checkpoint of another network is told by what differs', async () => {
  const { scope, training } = await opened({ format: 'f32', master: false }, 1);
  const own = [...readSafetensors(await saveCheckpoint(training))];
  const read = (tensors: typeof own) => () =>
    readCheckpoint(training.layout, writeSafetensors(tensors), 'a.safetensors');
  expect(read(own)).not.toThrow();
  expect(read(own.slice(1))).toThrow(/a\.safetensors .*"hidden\.weight" is missing/);
  expect(read([...own, ['more', tensor('f32', [1], [0])]])).toThrow(/"more" is no part/);
  const wide = own.map(([name]) => [name, tensor('f32', [2, 3], [1, 2, 3, 4, 5, 6])] as const);
  expect(read(wide.map(([name, t]) => [name, t]))).toThrow(/"hidden\.weight" is \[2, 3\], needed: \[2, 64\]/);
  scope.close();
});

test('between parameters there is nothing: what kernels store there is 0', async () => {
  const odd: Network = {
    ...network,
    parameters: network.parameters.map((spec) =>
      spec.name.startsWith('out') ? { ...spec, shape: spec.shape.map((n) => (n === 4 ? 5 : n)) } : spec,
    ),
  };
  const scope = device.root.child('training');
  const training = await Training.create(device, scope, odd, {
    ...{ precision: { format: 'f32', master: false }, rate: 0.02, random: new Random(1) },
  });
  for (const [name, host] of Object.entries(spiral(new Random(3)))) training.write(name, host);
  await training.step();
  const gradients = valuesOf(await download(device, training.gradients.whole)).slice();
  for (const { from, shape } of training.layout.slices) gradients.fill(0, from, from + sizeOf(shape));
  expect(gradients.every((g) => g === 0)).toBe(true);
  scope.close();
});
