/** The bandwidth ceiling BW of a roofline: bytes read and written per second by a plain copy. */
import { LabError } from '@/lib/errors';
import { defineKernel, u32, type NoAttrs } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import code from './copy.wgsl?raw';

export const kernel = defineKernel<NoAttrs>({
  name: 'ceiling-copy',
  title: { en: 'Bandwidth ceiling (plain copy)', zh: '带宽上限（单纯拷贝）' },
  inputs: { x: { dtypes: ['f32'], shape: '[n]' } },
  outputs: { y: { shape: '[n]' } },
  attrs: {},
  infer(inputs) {
    if (!inputs.x) throw new LabError('input.missing', { name: 'x', allowed: 'x [n]' });
    return { y: { dtype: 'f32', shape: inputs.x.shape } };
  },
  rows: (problem) => sizeOf(problem.inputs.x?.shape ?? []),
  work: (problem) => ({ flops: 0, bytes: 8 * sizeOf(problem.inputs.x?.shape ?? []) }),
  variants: {
    vec4: {
      title: { en: 'one vec4 per invocation', zh: '每个线程拷贝一个 vec4' },
      plan(problem) {
        const quads = Math.ceil(sizeOf(problem.inputs.x?.shape ?? []) / 4);
        return {
          passes: [
            {
              shader: { file: 'ceiling-copy/copy.wgsl', code },
              params: { quads: u32(quads) },
              bindings: [
                { name: 'x', access: 'read', vec: 4 },
                { name: 'y', access: 'read_write', vec: 4 },
              ],
              groups: Math.ceil(quads / 64),
              flops: 4 * quads,
            },
          ],
        };
      },
    },
  },
  defaultVariant: () => 'vec4',
});
