/** f32 to f16 and back, bit-exact on every adapter: conversions of WGSL's own leave rounding and subnormals open. */
import { defineKernel, type Shader } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { byteLength, dtypeBytes, sizeOf } from '@/lib/tensor';
import { given, overQuads } from '@/shaders/lib/flat';
import halfCode from '@/shaders/lib/half.wgsl?raw';
import narrowCode from './narrow.wgsl?raw';
import widenCode from './widen.wgsl?raw';

export interface CastAttrs {
  readonly to: 'f32' | 'f16';
}

const half: Shader = { file: 'lib/half.wgsl', code: halfCode };
const narrow: Shader = { file: 'cast/narrow.wgsl', code: narrowCode, uses: [half] };
const widen: Shader = { file: 'cast/widen.wgsl', code: widenCode, uses: [half] };

export const kernel = defineKernel<CastAttrs>({
  name: 'cast',
  title: { en: 'Cast between f32 and f16', zh: 'f32 与 f16 互转' },
  inputs: { x: { dtypes: ['f32', 'f16'], shape: '[…]' } },
  outputs: { y: { shape: '[…]' } },
  attrs: { to: { kind: 'choice', default: 'f16', options: ['f16', 'f32'] } },
  infer(inputs, { to }) {
    const { dtype, shape } = given(inputs, 'x');
    if (dtype === to) {
      const other = to === 'f16' ? 'f32' : 'f16';
      throw new LabError('attr.value', { name: 'to', got: to, allowed: `${other}: x is ${dtype} already` });
    }
    return { y: { dtype: to, shape } };
  },
  rows: ({ inputs }) => inputs.x!.shape[0] ?? 1,
  work: ({ inputs, outputs }) => ({
    flops: sizeOf(inputs.x!.shape),
    bytes: byteLength(inputs.x!) + byteLength(outputs.y!),
  }),
  variants: {
    integers: {
      title: { en: 'integer arithmetic', zh: '整数运算' },
      plan({ inputs, outputs, attrs }) {
        const words = (dtype: 'f32' | 'f16') => (dtypeBytes(dtype) === 4 ? 4 : 2);
        const x = inputs.x!.dtype === 'f16' ? 'f16' : 'f32';
        return {
          passes: [
            overQuads(sizeOf(outputs.y!.shape), 20, {
              shader: attrs.to === 'f16' ? narrow : widen,
              bindings: [
                { name: 'x', access: 'read', dtype: 'u32', vec: words(x) },
                { name: 'y', access: 'read_write', dtype: 'u32', vec: words(attrs.to) },
              ],
            }),
          ],
        };
      },
    },
  },
  defaultVariant: () => 'integers',
});
