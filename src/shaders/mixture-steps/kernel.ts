/**
 * Any sampler of a diffusion model over a Gaussian mixture's exact denoiser, fused: stages of its program (`lib/stages.ts`)
 * run over every particle without the particles leaving registers.
 */
import { defineKernel, u32s, type Plan, type Problem } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { byteLength, sizeOf, type Specs } from '@/lib/tensor';
import { given, givenLike, wrongShape } from '@/shaders/lib/flat';
import { gaussShader, philoxLanesShader } from '@/shaders/lib/gauss';
import { COMPONENT, mixtureSizes, PREPARED, prepareShader, sumShader } from '@/shaders/lib/mixture';
import { particleGroups, particleParams, particles, type Width } from '@/shaders/lib/particles';
import { KIND, STAGE } from '@/shaders/lib/stages';
import aloneCode from './alone.wgsl?raw';
import prepareCode from './prepare.wgsl?raw';
import quadCode from './quad.wgsl?raw';
import stageCode from './stage.wgsl?raw';
import twiceCode from './steps-twice.wgsl?raw';
import onceCode from './steps.wgsl?raw';

export interface StepsAttrs {
  readonly seed: number;
  /** The first stage of the table that runs; the stage's number is its stream of noise. */
  readonly first: number;
  /** How many run; null for all that are left. */
  readonly count: number | null;
}

export const countOf = (table: readonly number[], { first, count }: StepsAttrs): number =>
  count ?? (table[0] ?? 0) - first;

const kinds = { LINEAR: KIND.linear, LANGEVIN: KIND.langevin };

function sizes({ inputs, attrs }: { readonly inputs: Specs; readonly attrs: StepsAttrs }) {
  const { n, K, x } = mixtureSizes(inputs);
  for (const name of ['h', 'a']) givenLike(inputs, name, 'x', x.shape);
  const { shape } = given(inputs, 'table');
  const [stages = 0, width] = shape;
  if (shape.length !== 2 || width !== STAGE) throw wrongShape('table', shape, `[stages, ${STAGE}]`);
  givenLike(inputs, 'control', 'a control block', [4]);
  const count = countOf(shape, attrs);
  if (attrs.first >= stages)
    throw new LabError('attr.value', { name: 'first', got: attrs.first, allowed: `less than ${stages}` });
  if (attrs.first + count > stages)
    throw new LabError('attr.value', {
      ...{ name: 'count', got: count, allowed: `at most ${stages - attrs.first}, which the table has left` },
    });
  return { n, K, count };
}

/** Of one particle in one stage: each component's Gaussian, exponential and sums; the combinations. */
const flopsOf = (K: number): number => 40 * K + 60;

interface Manner {
  readonly width: Width;
  /** An invocation takes two such: eight particles. */
  readonly twice?: boolean;
  /** Loads are passed around quads. */
  readonly quad?: boolean;
}

function plan({ inputs, attrs }: Problem<StepsAttrs>, { width, twice = false, quad = false }: Manner): Plan {
  const { n, K, count } = sizes({ inputs, attrs });
  const registers = ['x', 'h', 'a'].map((name) => particles(name, 'read_write', width));
  return {
    // Of the stages that run alone: a table may be long. What is bound for the longest stretch serves every shorter one.
    scratch: { prepared: 4 * PREPARED * count * K },
    passes: [
      {
        shader: { file: 'mixture-steps/prepare.wgsl', code: prepareCode, uses: [prepareShader] },
        constants: kinds,
        params: u32s({ first: attrs.first, count, components: K }),
        bindings: [
          { name: 'components', access: 'read', vec: 4 },
          { name: 'table', access: 'read', vec: 4 },
          { name: 'prepared', access: 'read_write', vec: 4 },
        ],
        groups: Math.ceil((count * K) / 64),
        flops: 100 * count * K,
      },
      {
        shader: {
          ...(quad
            ? { file: 'mixture-steps/quad.wgsl', code: quadCode }
            : { file: 'mixture-steps/alone.wgsl', code: aloneCode }),
          uses: [
            philoxLanesShader(width),
            gaussShader(width),
            sumShader(width, quad),
            ...registers.map(({ shader }) => shader),
            { file: 'mixture-steps/stage.wgsl', code: stageCode },
            twice
              ? { file: 'mixture-steps/steps-twice.wgsl', code: twiceCode }
              : { file: 'mixture-steps/steps.wgsl', code: onceCode },
          ],
        },
        ...(quad ? { subgroups: true } : {}),
        constants: kinds,
        params: {
          ...particleParams(n, width),
          ...u32s({ first: attrs.first, count, components: K, seed: attrs.seed }),
        },
        bindings: [
          ...registers.map(({ binding }) => binding),
          { name: 'table', access: 'read', vec: 4 },
          { name: 'prepared', access: 'read', vec: 4 },
          { name: 'control', access: 'read' },
        ],
        groups: particleGroups(n, twice ? 2 * width : width),
        flops: n * count * flopsOf(K),
      },
    ],
  };
}

const whole = { kind: 'number', default: 0, integer: true, min: 0 } as const;

export const kernel = defineKernel<StepsAttrs>({
  name: 'mixture-steps',
  title: { en: 'Sampler steps over a Gaussian mixture', zh: '高斯混合上的采样步' },
  inputs: {
    x: { dtypes: ['f32'], shape: '[n, 2]' },
    h: { dtypes: ['f32'], shape: '[n, 2]' },
    a: { dtypes: ['f32'], shape: '[n, 2]' },
    table: { dtypes: ['f32'], shape: `[stages, ${STAGE}]` },
    components: { dtypes: ['f32'], shape: `[K, ${COMPONENT}]: log w, μ, cos θ, sin θ, λ, 0` },
    control: { dtypes: ['f32'], shape: '[4]: mean ‖score‖ for Langevin stages' },
  },
  outputs: {
    x: { shape: '[n, 2], in place' },
    h: { shape: '[n, 2], in place' },
    a: { shape: '[n, 2], in place' },
  },
  attrs: {
    seed: { ...whole, max: 2 ** 32 - 1 },
    first: whole,
    count: { kind: 'number', default: null, integer: true, min: 1 },
  },
  infer(inputs, attrs) {
    sizes({ inputs, attrs });
    return { x: inputs.x!, h: inputs.h!, a: inputs.a! };
  },
  rows: ({ inputs }) => inputs.x!.shape[0]!,
  work({ inputs, attrs }) {
    const { n, K, count } = sizes({ inputs, attrs });
    return { flops: n * count * flopsOf(K), bytes: 24 * sizeOf(inputs.x!.shape) + byteLength(inputs.table!) };
  },
  variants: {
    one: {
      title: { en: 'one particle per invocation', zh: '每个线程一个粒子' },
      plan: (problem) => plan(problem, { width: 1 }),
    },
    four: {
      title: { en: 'four particles per invocation', zh: '每个线程四个粒子' },
      plan: (problem) => plan(problem, { width: 4 }),
    },
    eight: {
      title: { en: 'eight particles per invocation', zh: '每个线程八个粒子' },
      plan: (problem) => plan(problem, { width: 4, twice: true }),
    },
    quad: {
      title: { en: 'eight particles, loads shared by quads', zh: '每个线程八个粒子，由 quad 共享读取' },
      plan: (problem) => plan(problem, { width: 4, twice: true, quad: true }),
    },
  },
  defaultVariant: (_problem, caps) =>
    caps.adapterKind === 'hardware' ? 'one' : caps.subgroups ? 'quad' : 'eight',
});
