/**
 * The gradient of a table: dweight[v] = Σ dy[n] over the n with ids[n] = v. The places of each word are sorted by
 * counting and added in order, so there are no atomics and the same numbers every time.
 */
import { defineKernel, u32s, type Problem } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { outputType } from '@/shaders/elementwise/kernel';
import { given, overQuads, shapeText, wrongShape } from '@/shaders/lib/flat';
import sortCode from './sort.wgsl?raw';
import alignedCode from './sum-aligned.wgsl?raw';
import sumCode from './sum.wgsl?raw';

export interface EmbeddingBackwardAttrs {
  /** Rows of the table. */
  readonly vocab: number;
  /** Type of dweight, default that of dy. */
  readonly dtype: 'same' | 'f32' | 'f16';
}

export const kernel = defineKernel<EmbeddingBackwardAttrs>({
  name: 'embedding-backward',
  title: { en: 'Gradient of an embedding (scatter-add)', zh: '词嵌入的梯度（散射累加）' },
  inputs: {
    dy: { dtypes: ['f32', 'f16'], shape: '[rows…, width]' },
    ids: { dtypes: ['i32'], shape: '[rows…]' },
  },
  outputs: { dweight: { shape: '[vocab, width]' } },
  attrs: {
    vocab: { kind: 'number', default: 256, integer: true, min: 1 },
    dtype: { kind: 'choice', default: 'same', options: ['same', 'f32', 'f16'] },
  },
  infer(inputs, { vocab, dtype }) {
    const dy = given(inputs, 'dy');
    const ids = given(inputs, 'ids');
    const width = dy.shape.at(-1);
    if (width === undefined || shapeText(dy.shape.slice(0, -1)) !== shapeText(ids.shape))
      throw wrongShape('dy', dy.shape, {
        en: `${shapeText(ids.shape)} and one axis more, as ids has it`,
        zh: `${shapeText(ids.shape)} 再加一个轴，与 ids 一致`,
      });
    return { dweight: { dtype: outputType(dtype, dy.dtype), shape: [vocab, width] } };
  },
  rows: ({ attrs }) => attrs.vocab,
  work: ({ inputs, outputs }) => ({
    flops: sizeOf(inputs.dy!.shape),
    bytes: byteLength(inputs.dy!) + byteLength(inputs.ids!) + byteLength(outputs.dweight!),
  }),
  variants: {
    counting: {
      title: { en: 'counting sort, then sums', zh: '计数排序后求和' },
      plan({ inputs, attrs: { vocab } }: Problem<EmbeddingBackwardAttrs>) {
        const rows = sizeOf(inputs.ids!.shape);
        const width = inputs.dy!.shape.at(-1)!;
        const aligned = width % 4 === 0;
        const words = { dtype: 'u32' } as const;
        return {
          scratch: { order: 4 * rows, span: 8 * vocab },
          passes: [
            {
              shader: { file: 'embedding-backward/sort.wgsl', code: sortCode },
              params: u32s({ rows, vocab }),
              bindings: [
                { name: 'ids', access: 'read' },
                { name: 'span', access: 'read_write', vec: 2, ...words },
                { name: 'order', access: 'read_write', ...words },
              ],
              groups: Math.ceil(vocab / 64),
              flops: 6 * vocab * rows,
            },
            overQuads(vocab * width, 4 + (2 * rows) / vocab, {
              shader: aligned
                ? { file: 'embedding-backward/sum-aligned.wgsl', code: alignedCode }
                : { file: 'embedding-backward/sum.wgsl', code: sumCode },
              params: u32s({ vocab, width }),
              bindings: [
                { name: 'dy', access: 'read', vec: aligned ? 4 : 1 },
                { name: 'span', access: 'read', vec: 2, ...words },
                { name: 'order', access: 'read', ...words },
                { name: 'dweight', access: 'read_write', vec: 4 },
              ],
            }),
          ],
        };
      },
    },
  },
  defaultVariant: () => 'counting',
});
