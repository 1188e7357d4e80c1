/** What `lab check` does not see: refusals, programs cut anywhere, and that the kernels beside this one agree with it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf, unsupported } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { run } from '@/gpu/run';
import { openTestDevice } from '@/gpu/testing';
import { compare } from '@/lib/compare';
import { LabError } from '@/lib/errors';
import { Random } from '@/lib/random';
import { tensor, valuesOf, type HostTensor, type HostTensors, type TensorSpec } from '@/lib/tensor';
import { marginalPoints, mixtures, packComponents } from '@/shaders/lib/mixtureCases';
import { STAGE, tableOf, type Stage } from '@/shaders/lib/stages';
import { kernel as scoreKernel } from '@/shaders/mixture-score/kernel';
import { kernel as normKernel } from '@/shaders/score-norm/kernel';
import { kernel as updateKernel } from '@/shaders/stage-update/kernel';
import { kernel, type StepsAttrs } from './kernel';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const f32 = (...shape: number[]): TensorSpec => ({ dtype: 'f32', shape });
const right = {
  ...{ x: f32(5, 2), h: f32(5, 2), a: f32(5, 2) },
  ...{ table: f32(3, STAGE), components: f32(4, 8), control: f32(4) },
};

test.each<[string, Record<string, TensorSpec>, Partial<StepsAttrs>, RegExp]>([
  ['points of three axes', { x: f32(5, 3) }, {}, /\[5, 2\]|5, 3/],
  ['no particles', { x: f32(0, 2) }, {}, /0, 2/],
  ['another h', { h: f32(4, 2) }, {}, /4, 2/],
  ['a table of other stages', { table: f32(3, 5) }, {}, /3, 5.*\[stages, 20\]/],
  ['components of other numbers', { components: f32(4, 6) }, {}, /4, 6.*\[K, 8\]/],
  ['a stage that the table has not', {}, { first: 3 }, /first.*3.*less than 3/],
  ['more stages than are left', {}, { first: 1, count: 3 }, /count.*3.*at most 2/],
])('%s is refused', (_, inputs, attrs, message) => {
  const infer = () => kernel.infer({ ...right, ...inputs }, { seed: 1, first: 0, count: null, ...attrs });
  expect(infer).toThrow(LabError);
  expect(infer).toThrow(message);
});

const n = 1001;
const still = { h: [0, 1, 0, 0, 0], a: [0, 0, 1, 0, 0] } as const;
const program: readonly Stage[] = [
  { s: 1, std: 0, evaluates: false, x: [0, 0, 0, 0, 3], ...still },
  { s: 0.8, std: 0.6, evaluates: true, x: [0.7, 0, 0, 0.2, 0.1], h: [0, 0, 0, 1, 0], a: [0.5, 0, 0, 0.5, 0] },
  { s: 0.9, std: 0.4, evaluates: true, x: [0.4, 0.1, 0.1, 0.4, 0], h: [0, 0, 0, 1, 0.2], a: [0, 1, 0, 0, 0] },
  { s: 1, std: 0.3, evaluates: true, x: [0.4, 0.1, 0.3, 0.2, 0.1], ...still },
];

function inputsOf(stages: readonly Stage[]): HostTensors {
  const at = (stream: number): HostTensor =>
    tensor('f32', [n, 2], marginalPoints(mixtures.eight, { n, s: 1, std: 0.4 }, new Random(5, stream)));
  return {
    ...{ x: at(0), h: at(1), a: at(2) },
    table: tensor('f32', [stages.length, STAGE], tableOf(stages)),
    components: packComponents(mixtures.eight),
    control: tensor('f32', [4], [1, 0, 0, 0]),
  };
}

const far = (a: HostTensor | undefined, b: HostTensor | undefined): number =>
  compare(valuesOf(a!), valuesOf(b!)).relError;

test('a program cut anywhere leaves the same particles, in every variant', async () => {
  const inputs = inputsOf(program);
  const problem = problemOf(kernel, inputs, { seed: 9, first: 0, count: null });
  const able = Object.keys(kernel.variants).filter(
    (v) => unsupported(device, kernel, problem, v) === undefined,
  );
  expect(able).toContain('eight');
  for (const variant of able) {
    const whole = await run(device, kernel, inputs, problem.attrs, { variant });
    let state: HostTensors = inputs;
    for (const [first, count] of [
      [0, 1],
      [1, 2],
      [3, 1],
    ] as const)
      state = { ...inputs, ...(await run(device, kernel, state, { seed: 9, first, count }, { variant })) };
    for (const name of ['x', 'h', 'a']) expect(far(whole[name], state[name])).toBeLessThan(1e-6);
  }
});

test('denoised elsewhere, a stage at a time: the same, noise and all', async () => {
  const inputs = inputsOf(program);
  const whole = await run(device, kernel, inputs, { seed: 9, first: 0, count: null });
  let state: HostTensors = { x: inputs.x!, h: inputs.h!, a: inputs.a! };
  for (const [first, { s, std, evaluates }] of program.entries()) {
    const { x, components, table, control } = { ...inputs, ...state };
    const level = evaluates ? { s, std } : { s: 1, std: 1 };
    const { denoised } = await run(device, scoreKernel, { x: x!, components: components! }, level);
    const given = { ...state, denoised: denoised!, table: table!, control: control! };
    state = await run(device, updateKernel, given, { seed: 9, first });
  }
  for (const name of ['x', 'h', 'a']) expect(far(state[name], whole[name])).toBeLessThan(2e-6);
});

test('a Langevin stage takes its step from the norm that score-norm leaves, and so does stage-update', async () => {
  const step: Stage = { s: 1, std: 0.4, evaluates: true, x: [1, 0, 0, 0, 0], ...still, langevin: 0.2 };
  const { x, h, a, table, components } = inputsOf([step]);
  const level = { s: 1, std: 0.4 };
  const { control } = await run(device, normKernel, { x: x!, components: components! }, level);
  const [norm = 0] = valuesOf(control!);
  const given = { x: x!, h: h!, a: a!, table: table!, control: control! };
  const attrs = { seed: 3, first: 0 };
  const moved = await run(device, kernel, { ...given, components: components! }, { ...attrs, count: 1 });
  // The mean square of what was added: ε²‖score‖² + 4ε over two axes, the mixed terms aside.
  const before = valuesOf(x!);
  const steps = Array.from(valuesOf(moved.x!), (value, i) => value - before[i]!);
  const square = steps.reduce((sum, by) => sum + by ** 2, 0) / n;
  const epsilon = 0.2 / norm ** 2;
  expect(square / (4 * epsilon)).toBeGreaterThan(0.9);
  expect(square / (4 * epsilon)).toBeLessThan(1.3);
  const { denoised } = await run(device, scoreKernel, { x: x!, components: components! }, level);
  const other = await run(device, updateKernel, { ...given, denoised: denoised! }, attrs);
  expect(far(other.x, moved.x)).toBeLessThan(2e-6);
});
