/** The arithmetic ceiling P of a roofline: as many f32 multiply-adds per second as this device gives. */
import { LabError } from '@/lib/errors';
import { defineKernel, f32, u32 } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import code from './fma.wgsl?raw';

export interface FmaAttrs {
  readonly iterations: number;
}
/** |A| < 1 makes the iteration contract to B / (1 − A): rounding does not accumulate. */
export const A = 0.5;
export const B = 1;
export const LANES = 32;

export const kernel = defineKernel<FmaAttrs>({
  name: 'ceiling-fma',
  title: { en: 'Arithmetic ceiling (multiply-adds only)', zh: '算力上限（只做乘加）' },
  inputs: { x: { dtypes: ['f32'], shape: '[n]' } },
  outputs: { y: { shape: '[n]' } },
  attrs: { iterations: { kind: 'number', default: 256, integer: true, min: 1, max: 65536 } },
  infer(inputs) {
    if (!inputs.x) throw new LabError('input.missing', { name: 'x', allowed: 'x [n]' });
    return { y: { dtype: 'f32', shape: inputs.x.shape } };
  },
  rows: (problem) => sizeOf(problem.inputs.x?.shape ?? []),
  work(problem) {
    const n = sizeOf(problem.inputs.x?.shape ?? []);
    return { flops: n * 2 * LANES * problem.attrs.iterations, bytes: 8 * n };
  },
  variants: {
    registers: {
      title: { en: 'eight vec4 registers', zh: '八个 vec4 寄存器' },
      plan(problem) {
        const n = sizeOf(problem.inputs.x?.shape ?? []);
        return {
          passes: [
            {
              shader: { file: 'ceiling-fma/fma.wgsl', code },
              params: { n: u32(n), iterations: u32(problem.attrs.iterations), a: f32(A), b: f32(B) },
              bindings: [
                { name: 'x', access: 'read' },
                { name: 'y', access: 'read_write' },
              ],
              groups: Math.ceil(n / 64),
              flops: n * 2 * LANES * problem.attrs.iterations,
            },
          ],
        };
      },
    },
  },
  defaultVariant: () => 'registers',
});
