/** The exact denoiser of a Gaussian mixture at one level, its log density, and the divergence that likelihoods take. */
import { defineKernel, f32, u32s, type Plan, type Problem } from '@/gpu/kernel';
import { byteLength } from '@/lib/tensor';
import {
  COMPONENT,
  levelAttrs,
  levelPass,
  levelScratch,
  mixtureSizes,
  sumShader,
  type LevelAttrs,
} from '@/shaders/lib/mixture';
import { particleGroups, particleParams, particles, type Width } from '@/shaders/lib/particles';
import code from './score.wgsl?raw';

const flopsOf = (n: number, K: number): number => n * (60 * K + 20);

function plan({ inputs, attrs }: Problem<LevelAttrs>, width: Width): Plan {
  const { n, K } = mixtureSizes(inputs);
  const x = particles('x', 'read', width);
  const denoised = particles('denoised', 'read_write', width);
  return {
    scratch: levelScratch(K),
    passes: [
      levelPass(K, attrs, false),
      {
        shader: {
          file: 'mixture-score/score.wgsl',
          code,
          uses: [sumShader(width), x.shader, denoised.shader],
        },
        params: {
          ...particleParams(n, width),
          ...u32s({ components: K }),
          pull: f32(attrs.s / attrs.std ** 2),
        },
        bindings: [
          x.binding,
          { name: 'prepared', access: 'read', vec: 4 },
          denoised.binding,
          { name: 'logp', access: 'read_write', vec: width },
          { name: 'divergence', access: 'read_write', vec: width },
        ],
        groups: particleGroups(n, width),
        flops: flopsOf(n, K),
      },
    ],
  };
}

export const kernel = defineKernel<LevelAttrs>({
  name: 'mixture-score',
  title: { en: 'Denoiser and density of a Gaussian mixture', zh: '高斯混合的去噪器与密度' },
  inputs: {
    x: { dtypes: ['f32'], shape: '[n, 2]' },
    components: { dtypes: ['f32'], shape: `[K, ${COMPONENT}]: log w, μ, cos θ, sin θ, λ, 0` },
  },
  outputs: {
    denoised: { shape: '[n, 2]: E[x₀ | x]' },
    logp: { shape: '[n]: ln p(x)' },
    divergence: { shape: '[n]: tr ∂E[x₀ | x]/∂x' },
  },
  attrs: levelAttrs,
  infer(inputs) {
    const { n } = mixtureSizes(inputs);
    const number = { dtype: 'f32', shape: [n] } as const;
    return { denoised: { dtype: 'f32', shape: [n, 2] }, logp: number, divergence: number };
  },
  rows: ({ inputs }) => inputs.x!.shape[0]!,
  work({ inputs }) {
    const { n, K } = mixtureSizes(inputs);
    return { flops: flopsOf(n, K), bytes: 3 * byteLength(inputs.x!) };
  },
  variants: {
    one: {
      title: { en: 'one particle per invocation', zh: '每个线程一个粒子' },
      plan: (problem) => plan(problem, 1),
    },
    four: {
      title: { en: 'four particles per invocation', zh: '每个线程四个粒子' },
      plan: (problem) => plan(problem, 4),
    },
  },
  defaultVariant: (_problem, caps) => (caps.adapterKind === 'hardware' ? 'one' : 'four'),
});
