/** Rows of a table by their numbers: y[n] = weight[ids[n]]. */
import { defineKernel, u32s, type NoAttrs } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { given, overQuads, wrongShape } from '@/shaders/lib/flat';
import code from './gather.wgsl?raw';

export const kernel = defineKernel<NoAttrs>({
  name: 'embedding',
  title: { en: 'Embedding (gather)', zh: '词嵌入（按编号取行）' },
  inputs: {
    weight: { dtypes: ['f32', 'f16'], shape: '[vocab, width]' },
    ids: { dtypes: ['i32'], shape: '[rows…]; outside the vocabulary: zeros' },
  },
  outputs: { y: { shape: '[rows…, width]' } },
  attrs: {},
  infer(inputs) {
    const weight = given(inputs, 'weight');
    const ids = given(inputs, 'ids');
    if (weight.shape.length !== 2) throw wrongShape('weight', weight.shape, '[vocab, width]');
    return { y: { dtype: weight.dtype, shape: [...ids.shape, weight.shape[1]!] } };
  },
  rows: ({ inputs }) => sizeOf(inputs.ids!.shape),
  work: ({ inputs, outputs }) => ({ flops: 0, bytes: 2 * byteLength(outputs.y!) + byteLength(inputs.ids!) }),
  variants: {
    flat: {
      title: { en: 'four neighbours at once', zh: '一次四个相邻元素' },
      plan({ inputs, outputs }) {
        const [vocab = 0, width = 0] = inputs.weight!.shape;
        return {
          passes: [
            overQuads(sizeOf(outputs.y!.shape), 4, {
              shader: { file: 'embedding/gather.wgsl', code },
              params: u32s({ rows: sizeOf(inputs.ids!.shape), width, vocab }),
              bindings: [
                { name: 'weight', access: 'read' },
                { name: 'ids', access: 'read' },
                { name: 'y', access: 'read_write', vec: 4 },
              ],
            }),
          ],
        };
      },
    },
  },
  defaultVariant: () => 'flat',
});
