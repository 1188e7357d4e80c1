/** Dropout by a counter-based generator: element i is kept by the i-th number of `Random(seed, stream)`; so is dy. */
import { defineKernel, f32, u32s } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { given, overQuads } from '@/shaders/lib/flat';
import philoxCode from '@/shaders/lib/philox.wgsl?raw';
import code from './dropout.wgsl?raw';

export interface DropoutAttrs {
  /** Share of elements that become 0, less than 1. */
  readonly p: number;
  readonly seed: number;
  /** Separates layers and steps of one seed. */
  readonly stream: number;
}

/** Elements whose bits are below it are dropped. */
export const thresholdOf = (p: number): number => Math.min(2 ** 32 - 1, Math.round(p * 2 ** 32));

const word = { kind: 'number', default: 0, integer: true, min: 0, max: 2 ** 32 - 1 } as const;

export const kernel = defineKernel<DropoutAttrs>({
  name: 'dropout',
  title: { en: 'Dropout', zh: 'Dropout（随机失活）' },
  inputs: { x: { dtypes: ['f32', 'f16'], shape: '[…]; for the gradient, dy' } },
  outputs: { y: { shape: '[…]' } },
  attrs: { p: { kind: 'number', default: 0.1, min: 0, max: 0.999 }, seed: word, stream: word },
  infer: (inputs) => ({ y: given(inputs, 'x') }),
  rows: ({ inputs }) => inputs.x!.shape[0] ?? 1,
  work: ({ inputs }) => ({ flops: sizeOf(inputs.x!.shape), bytes: 2 * byteLength(inputs.x!) }),
  variants: {
    flat: {
      title: { en: 'four neighbours at once', zh: '一次四个相邻元素' },
      plan: ({ inputs, attrs: { p, seed, stream } }) => ({
        passes: [
          overQuads(sizeOf(inputs.x!.shape), 50, {
            shader: {
              file: 'dropout/dropout.wgsl',
              code,
              uses: [{ file: 'lib/philox.wgsl', code: philoxCode }],
            },
            params: { ...u32s({ seed, stream, threshold: thresholdOf(p) }), scale: f32(1 / (1 - p)) },
            bindings: [
              { name: 'x', access: 'read', vec: 4 },
              { name: 'y', access: 'read_write', vec: 4 },
            ],
          }),
        ],
      }),
    },
  },
  defaultVariant: () => 'flat',
});
