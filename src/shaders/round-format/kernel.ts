/** Emulated storage in binary16 or bfloat16: x is rounded in place to the nearest number of the format, ties to even. */
import { defineKernel, type Shader } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { given, overQuads } from '@/shaders/lib/flat';
import halfCode from '@/shaders/lib/half.wgsl?raw';
import type { FormatName } from './formats';
import code from './round.wgsl?raw';

export interface RoundAttrs {
  readonly format: FormatName;
  /** Results that are subnormal in the format become zero. */
  readonly flush: boolean;
}

const shader: Shader = {
  file: 'round-format/round.wgsl',
  code,
  uses: [{ file: 'lib/half.wgsl', code: halfCode }],
};

export const kernel = defineKernel<RoundAttrs>({
  name: 'round-format',
  title: { en: 'Rounding to FP16 or BF16', zh: '舍入到 FP16 或 BF16' },
  inputs: { x: { dtypes: ['f32'], shape: '[…]' } },
  outputs: { x: { shape: '[…], in place' } },
  attrs: {
    format: { kind: 'choice', default: 'fp16', options: ['fp16', 'bf16'] },
    flush: { kind: 'boolean', default: false },
  },
  infer: (inputs) => ({ x: given(inputs, 'x') }),
  rows: ({ inputs }) => inputs.x!.shape[0] ?? 1,
  work: ({ inputs }) => ({ flops: sizeOf(inputs.x!.shape), bytes: 2 * byteLength(inputs.x!) }),
  variants: {
    integers: {
      title: { en: 'integer arithmetic', zh: '整数运算' },
      plan: ({ inputs, attrs }) => ({
        passes: [
          overQuads(sizeOf(inputs.x!.shape), 20, {
            shader,
            constants: { IS_HALF: attrs.format === 'fp16', FLUSH: attrs.flush },
            bindings: [{ name: 'x', access: 'read_write', dtype: 'u32', vec: 4 }],
          }),
        ],
      }),
    },
  },
  defaultVariant: () => 'integers',
});
