/**
 * The probability-flow ODE of a mixture by adaptive Runge–Kutta steps, every particle with its own: in y = x/s over ln σ,
 * where it is that of every process. Either way: from data to the prior for likelihoods, from the prior for samples.
 */
import { defineKernel, f32, u32s, type Plan, type Problem } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { byteLength } from '@/lib/tensor';
import { COMPONENT, mixtureSizes, pointShader } from '@/shaders/lib/mixture';
import { particleGroups, particleParams, particles, type Width } from '@/shaders/lib/particles';
import { probeAttrs, probeShader, type ProbeAttrs } from '@/shaders/lib/probe';
import oneCode from '@/shaders/lib/bools-1.wgsl?raw';
import fourCode from '@/shaders/lib/bools-4.wgsl?raw';
import code from './adaptive.wgsl?raw';
import slopeCode from './slope.wgsl?raw';

export interface AdaptiveAttrs extends ProbeAttrs {
  /** σ where the points are, and where they go. */
  readonly from: number;
  readonly to: number;
  /** Relative and absolute, of a step. */
  readonly tolerance: number;
  /** Steps that a particle may try. */
  readonly most: number;
  /** The change of ln q is followed too, and held to the tolerance; else it is given as 0. */
  readonly density: boolean;
}

const boolsCode = { 1: oneCode, 4: fourCode } as const;

/** Steps that a particle is expected to try: over a mixture of eight about so many for each unit of ln σ. */
const expected = ({ from, to, tolerance, most }: AdaptiveAttrs): number =>
  Math.min(most, 3 + 0.25 * Math.abs(Math.log(to / from)) * tolerance ** -0.2);
const flopsOf = (n: number, K: number, attrs: AdaptiveAttrs): number =>
  Math.round(n * expected(attrs) * 6 * (85 * K + 40));

function plan({ inputs, attrs }: Problem<AdaptiveAttrs>, width: Width): Plan {
  const { n, K } = mixtureSizes(inputs, 'y');
  const y = particles('y', 'read', width);
  const end = particles('end', 'read_write', width);
  return {
    passes: [
      {
        shader: {
          file: 'mixture-adaptive/adaptive.wgsl',
          code,
          uses: [
            pointShader(width),
            { file: `lib/bools-${width}.wgsl`, code: boolsCode[width] },
            probeShader(width),
            y.shader,
            end.shader,
            { file: 'mixture-adaptive/slope.wgsl', code: slopeCode },
          ],
        },
        params: {
          ...particleParams(n, width),
          ...u32s({ components: K, most: attrs.most, hutchinson: Number(attrs.hutchinson) }),
          ...u32s({ seed: attrs.seed, stream: attrs.stream }),
          ...{ begin: f32(Math.log(attrs.from)), end: f32(Math.log(attrs.to)) },
          ...{ tolerance: f32(attrs.tolerance), density: f32(Number(attrs.density)) },
        },
        bindings: [
          y.binding,
          { name: 'components', access: 'read', vec: 4 },
          end.binding,
          { name: 'change', access: 'read_write', vec: width },
          { name: 'evaluations', access: 'read_write', vec: width },
          { name: 'left', access: 'read_write', vec: width },
        ],
        groups: particleGroups(n, width),
        flops: flopsOf(n, K, attrs),
      },
    ],
  };
}

const level = { kind: 'number', default: 1, min: 1e-4, max: 1e5 } as const;

export const kernel = defineKernel<AdaptiveAttrs>({
  name: 'mixture-adaptive',
  title: { en: 'Probability-flow ODE by adaptive Runge–Kutta', zh: '自适应 Runge–Kutta 求解概率流 ODE' },
  inputs: {
    y: { dtypes: ['f32'], shape: '[n, 2]: x/s' },
    components: { dtypes: ['f32'], shape: `[K, ${COMPONENT}]: log w, μ, cos θ, sin θ, λ, 0` },
  },
  outputs: {
    end: { shape: '[n, 2]: y at the last level' },
    change: { shape: '[n]: of ln q(y), nats; 0 without density' },
    evaluations: { shape: '[n]: of the denoiser' },
    left: { shape: '[n]: of |ln σ|, 0 where it arrived' },
  },
  attrs: {
    from: level,
    to: { ...level, default: 80 },
    tolerance: { kind: 'number', default: 1e-5, min: 1e-7, max: 1 },
    most: { kind: 'number', default: 1000, integer: true, min: 1, max: 1e6 },
    density: { kind: 'boolean', default: true },
    ...probeAttrs,
  },
  infer(inputs, { from, to }) {
    if (from === to) throw new LabError('attr.value', { name: 'to', got: to, allowed: `other than from` });
    const { n } = mixtureSizes(inputs, 'y');
    const number = { dtype: 'f32', shape: [n] } as const;
    return { end: { dtype: 'f32', shape: [n, 2] }, change: number, evaluations: number, left: number };
  },
  rows: ({ inputs }) => inputs.y!.shape[0]!,
  work({ inputs, attrs }) {
    const { n, K } = mixtureSizes(inputs, 'y');
    return {
      flops: flopsOf(n, K, attrs),
      bytes: 3.5 * byteLength(inputs.y!) + byteLength(inputs.components!),
    };
  },
  variants: {
    one: {
      title: { en: 'one particle per invocation', zh: '每个线程一个粒子' },
      plan: (problem) => plan(problem, 1),
    },
    four: {
      title: {
        en: 'four particles per invocation, in step with the slowest',
        zh: '每个线程四个粒子，步数随最慢者',
      },
      plan: (problem) => plan(problem, 4),
    },
  },
  defaultVariant: (_problem, caps) => (caps.adapterKind === 'hardware' ? 'one' : 'four'),
});
