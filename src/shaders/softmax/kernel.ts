/** y = e^(x − m) / Σ e^(x − m) along one axis, m the maximum: a walk for m and the sum, then one that writes y. */
import { defineKernel, u32, type Plan, type Problem, type Shader } from '@/gpu/kernel';
import { byteLength } from '@/lib/tensor';
import { dims, type SoftmaxAttrs } from './dims';
import registerCode from './stats-register.wgsl?raw';
import workgroupCode from './stats-workgroup.wgsl?raw';
import weightsCode from './weights.wgsl?raw';

const shaders = {
  register: { file: 'softmax/stats-register.wgsl', code: registerCode },
  workgroup: { file: 'softmax/stats-workgroup.wgsl', code: workgroupCode },
  weights: { file: 'softmax/weights.wgsl', code: weightsCode },
} as const satisfies Record<string, Shader>;

function plan(problem: Problem<SoftmaxAttrs>, stats: Shader, rowsPerGroup: number): Plan {
  const { outer, n, inner } = dims(problem);
  const rows = outer * inner;
  const quads = Math.ceil((rows * n) / 4);
  const params = { n: u32(n), inner: u32(inner), rows: u32(rows), quads: u32(quads) };
  return {
    scratch: { stats: 8 * rows },
    passes: [
      {
        shader: stats,
        params,
        bindings: [
          { name: 'x', access: 'read' },
          { name: 'stats', access: 'read_write', vec: 2 },
        ],
        groups: Math.ceil(rows / rowsPerGroup),
        flops: 20 * rows * n,
      },
      {
        shader: shaders.weights,
        params,
        bindings: [
          { name: 'x', access: 'read', vec: 4 },
          { name: 'stats', access: 'read', vec: 2 },
          { name: 'y', access: 'read_write', vec: 4 },
        ],
        groups: Math.ceil(quads / 64),
        flops: 10 * rows * n,
      },
    ],
  };
}

export const kernel = defineKernel<SoftmaxAttrs>({
  name: 'softmax',
  title: { en: 'Softmax', zh: 'Softmax（归一化指数）' },
  inputs: { x: { dtypes: ['f32', 'f16'], shape: '[…]' } },
  outputs: { y: { shape: '[…]' } },
  attrs: { axis: { kind: 'number', default: -1, integer: true } },
  infer(inputs, attrs) {
    dims({ inputs, attrs });
    return { y: inputs.x! };
  },
  rows: (problem) => dims(problem).outer,
  work({ inputs, attrs }) {
    const { outer, n, inner } = dims({ inputs, attrs });
    // Maximum, difference, exponential, sum and quotient of every element.
    return { flops: 5 * outer * n * inner, bytes: 2 * byteLength(inputs.x!) };
  },
  variants: {
    register: {
      title: { en: 'a row per invocation', zh: '每个线程一行' },
      plan: (problem) => plan(problem, shaders.register, 64),
    },
    workgroup: {
      title: { en: 'a row per workgroup', zh: '每个工作组一行' },
      plan: (problem) => plan(problem, shaders.workgroup, 1),
    },
  },
  defaultVariant(problem, caps) {
    const { n, inner } = dims(problem);
    return caps.adapterKind === 'hardware' && inner === 1 && n >= 64 ? 'workgroup' : 'register';
  },
});
