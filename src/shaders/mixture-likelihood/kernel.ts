/** The log-likelihood of points under a mixture's noised density, through the probability-flow ODE to the prior. */
import { defineKernel, u32s, type Plan, type Problem } from '@/gpu/kernel';
import { byteLength, type Specs } from '@/lib/tensor';
import { given, wrongShape } from '@/shaders/lib/flat';
import { COMPONENT, mixtureSizes, PREPARED, prepareShader } from '@/shaders/lib/mixture';
import { particleGroups, particleParams, particles, type Width } from '@/shaders/lib/particles';
import { flowShader, probeAttrs, probeShader, type ProbeAttrs } from '@/shaders/lib/probe';
import code from './likelihood.wgsl?raw';
import prepareCode from './prepare.wgsl?raw';
import { FLOW_STEP } from './table';

function sizes(inputs: Specs) {
  const { n, K } = mixtureSizes(inputs);
  const { shape } = given(inputs, 'table');
  const [count = 0, width] = shape;
  if (shape.length !== 2 || count < 1 || width !== FLOW_STEP)
    throw wrongShape('table', shape, `[steps, ${FLOW_STEP}]`);
  return { n, K, count };
}

/** Of one point in one step: four times each component's Gaussian, exponential, sums and spread. */
const flopsOf = (K: number): number => 4 * (60 * K + 30);

function plan({ inputs, attrs }: Problem<ProbeAttrs>, width: Width): Plan {
  const { n, K, count } = sizes(inputs);
  const levels = 2 * count + 1;
  const x = particles('x', 'read', width);
  return {
    scratch: { prepared: 4 * PREPARED * levels * K },
    passes: [
      {
        shader: { file: 'mixture-likelihood/prepare.wgsl', code: prepareCode, uses: [prepareShader] },
        params: u32s({ count, components: K }),
        bindings: [
          { name: 'components', access: 'read', vec: 4 },
          { name: 'table', access: 'read', vec: 4 },
          { name: 'prepared', access: 'read_write', vec: 4 },
        ],
        groups: Math.ceil((levels * K) / 64),
        flops: 100 * levels * K,
      },
      {
        shader: {
          file: 'mixture-likelihood/likelihood.wgsl',
          code,
          uses: [...(prepareShader.uses ?? []), flowShader(width), probeShader(width), x.shader],
        },
        params: {
          ...particleParams(n, width),
          ...u32s({ count, components: K, hutchinson: Number(attrs.hutchinson) }),
          ...u32s({ seed: attrs.seed, stream: attrs.stream }),
        },
        bindings: [
          x.binding,
          { name: 'table', access: 'read', vec: 4 },
          { name: 'prepared', access: 'read', vec: 4 },
          { name: 'logp', access: 'read_write', vec: width },
        ],
        groups: particleGroups(n, width),
        flops: n * count * flopsOf(K),
      },
    ],
  };
}

export const kernel = defineKernel<ProbeAttrs>({
  name: 'mixture-likelihood',
  title: { en: 'Log-likelihood through the probability-flow ODE', zh: '经概率流 ODE 的对数似然' },
  inputs: {
    x: { dtypes: ['f32'], shape: '[n, 2]' },
    table: { dtypes: ['f32'], shape: `[steps, ${FLOW_STEP}]: s, std, h rate, h pull at three times` },
    components: { dtypes: ['f32'], shape: `[K, ${COMPONENT}]: log w, μ, cos θ, sin θ, λ, 0` },
  },
  outputs: { logp: { shape: '[n], nats' } },
  attrs: probeAttrs,
  infer(inputs) {
    return { logp: { dtype: 'f32', shape: [sizes(inputs).n] } };
  },
  rows: ({ inputs }) => inputs.x!.shape[0]!,
  work({ inputs }) {
    const { n, K, count } = sizes(inputs);
    const bytes = 1.5 * byteLength(inputs.x!) + byteLength(inputs.table!) + byteLength(inputs.components!);
    return { flops: n * count * flopsOf(K), bytes };
  },
  variants: {
    one: {
      title: { en: 'one point per invocation', zh: '每个线程一个点' },
      plan: (problem) => plan(problem, 1),
    },
    four: {
      title: { en: 'four points per invocation', zh: '每个线程四个点' },
      plan: (problem) => plan(problem, 4),
    },
  },
  defaultVariant: (_problem, caps) => (caps.adapterKind === 'hardware' ? 'one' : 'four'),
});
