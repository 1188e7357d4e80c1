/** The mean of ‖∇ log p(x)‖ over particles at one level of a Gaussian mixture: what Langevin steps are scaled by. */
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
import { particleParams, particles, type Width } from '@/shaders/lib/particles';
import { shared } from '@/shaders/lib/rowwise';
import joinCode from './join.wgsl?raw';
import partialCode from './partial.wgsl?raw';

const flopsOf = (n: number, K: number): number => n * (40 * K + 5);

function plan({ inputs, attrs }: Problem<LevelAttrs>, width: Width, most: number): Plan {
  const { n, K } = mixtureSizes(inputs);
  const parts = Math.min(Math.ceil(n / width), most);
  const x = particles('x', 'read', width);
  const numbers = parts * width;
  return {
    scratch: { ...levelScratch(K), partial: 16 * Math.ceil(numbers / 4) },
    passes: [
      levelPass(K, attrs, true),
      {
        shader: { file: 'score-norm/partial.wgsl', code: partialCode, uses: [sumShader(width), x.shader] },
        params: { ...particleParams(n, width), ...u32s({ n, parts, components: K }) },
        bindings: [
          x.binding,
          { name: 'prepared', access: 'read', vec: 4 },
          { name: 'partial', access: 'read_write', vec: width },
        ],
        groups: Math.ceil(parts / 64),
        flops: flopsOf(n, K),
      },
      {
        shader: { file: 'score-norm/join.wgsl', code: joinCode, uses: [shared.library] },
        params: { ...u32s({ numbers, quads: Math.ceil(numbers / 4) }), inverse: f32(1 / n) },
        bindings: [
          { name: 'partial', access: 'read', vec: 4 },
          { name: 'control', access: 'read_write', vec: 4 },
        ],
        groups: 1,
        flops: numbers,
      },
    ],
  };
}

export const kernel = defineKernel<LevelAttrs>({
  name: 'score-norm',
  title: { en: 'Mean norm of the score', zh: '得分范数的均值' },
  inputs: {
    x: { dtypes: ['f32'], shape: '[n, 2]' },
    components: { dtypes: ['f32'], shape: `[K, ${COMPONENT}]: log w, μ, cos θ, sin θ, λ, 0` },
  },
  outputs: { control: { shape: '[4]: the mean, and zeros' } },
  attrs: levelAttrs,
  infer(inputs) {
    mixtureSizes(inputs);
    return { control: { dtype: 'f32', shape: [4] } };
  },
  rows: () => 1,
  work({ inputs }) {
    const { n, K } = mixtureSizes(inputs);
    return { flops: flopsOf(n, K), bytes: byteLength(inputs.x!) };
  },
  variants: {
    one: {
      title: { en: 'one particle at a time', zh: '每次一个粒子' },
      plan: (problem) => plan(problem, 1, 8192),
    },
    four: {
      title: { en: 'four particles at a time', zh: '每次四个粒子' },
      plan: (problem) => plan(problem, 4, 1024),
    },
  },
  defaultVariant: (_problem, caps) => (caps.adapterKind === 'hardware' ? 'one' : 'four'),
});
