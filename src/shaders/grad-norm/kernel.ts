/**
 * One tensor's share of the gradients' norm and of what is not finite, added to the control block: run for every
 * gradient, then `loss-scale` draws the conclusions. Gradients are unscaled by the scale of their own backward pass.
 */
import { defineKernel, u32s, type NoAttrs } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { bitsOf } from '@/shaders/lib/bits';
import { control, CONTROL_SIZE } from '@/shaders/lib/control';
import { given, givenLike } from '@/shaders/lib/flat';
import { shared } from '@/shaders/lib/rowwise';
import joinCode from './join.wgsl?raw';
import partialCode from './partial.wgsl?raw';

export const kernel = defineKernel<NoAttrs>({
  name: 'grad-norm',
  title: { en: 'Norm and finiteness of gradients', zh: '梯度的范数与有限性' },
  inputs: {
    x: { dtypes: ['f32', 'f16'], shape: '[…], a gradient' },
    control: { dtypes: ['f32'], shape: `[${CONTROL_SIZE}]` },
  },
  outputs: { control: { shape: `[${CONTROL_SIZE}], in place: SQUARES and NOT_FINITE` } },
  attrs: {},
  infer(inputs) {
    given(inputs, 'x');
    return { control: givenLike(inputs, 'control', 'a control block', [CONTROL_SIZE]) };
  },
  rows: () => 1,
  work: ({ inputs }) => ({ flops: 3 * sizeOf(inputs.x!.shape), bytes: byteLength(inputs.x!) }),
  variants: {
    'two-pass': {
      title: { en: 'parts, then one workgroup', zh: '先分段，再由一个工作组合并' },
      plan({ inputs }, caps) {
        const x = inputs.x!;
        const size = sizeOf(x.shape);
        const quads = Math.ceil(size / 4);
        const parts = Math.min(quads, caps.adapterKind === 'hardware' ? 8192 : 256);
        const { library, binding } = bitsOf(x.dtype);
        return {
          scratch: { partial: 8 * parts },
          passes: [
            {
              shader: { file: 'grad-norm/partial.wgsl', code: partialCode, uses: [library] },
              constants: control,
              params: u32s({ size, quads, parts }),
              bindings: [
                binding,
                { name: 'control', access: 'read' },
                { name: 'partial', access: 'read_write', vec: 2 },
              ],
              groups: Math.ceil(parts / 64),
              flops: 6 * size,
            },
            {
              shader: { file: 'grad-norm/join.wgsl', code: joinCode, uses: [shared.library] },
              constants: control,
              params: u32s({ parts }),
              bindings: [
                { name: 'partial', access: 'read', vec: 2 },
                { name: 'control', access: 'read_write' },
              ],
              groups: 1,
              flops: parts,
            },
          ],
        };
      },
    },
  },
  defaultVariant: () => 'two-pass',
});
