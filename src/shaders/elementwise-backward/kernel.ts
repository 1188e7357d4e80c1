/** dx = f′(x)·dy for the elementwise functions of one operand; dx in the type of x. */
import { defineKernel, f32, type Shader } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { opConstants, unaryNames, type Unary } from '@/shaders/elementwise/functions';
import { functions } from '@/shaders/elementwise/kernel';
import { given, givenLike, overQuads } from '@/shaders/lib/flat';
import code from './backward.wgsl?raw';

export interface ElementwiseBackwardAttrs {
  readonly op: Unary;
  /** Of `scale`. */
  readonly alpha: number;
}

const shader: Shader = { file: 'elementwise-backward/backward.wgsl', code, uses: [functions] };

export const kernel = defineKernel<ElementwiseBackwardAttrs>({
  name: 'elementwise-backward',
  title: { en: 'Gradients of elementwise functions', zh: '逐元素函数的梯度' },
  inputs: {
    x: { dtypes: ['f32', 'f16'], shape: '[…]' },
    dy: { dtypes: ['f32', 'f16'], shape: '[…]' },
  },
  outputs: { dx: { shape: '[…]' } },
  attrs: {
    op: { kind: 'choice', default: 'gelu', options: unaryNames },
    alpha: { kind: 'number', default: 1 },
  },
  infer(inputs) {
    const x = given(inputs, 'x');
    givenLike(inputs, 'dy', 'x', x.shape);
    return { dx: x };
  },
  rows: ({ inputs }) => inputs.x!.shape[0] ?? 1,
  work: ({ inputs }) => ({
    flops: 2 * sizeOf(inputs.x!.shape),
    bytes: 2 * byteLength(inputs.x!) + byteLength(inputs.dy!),
  }),
  variants: {
    flat: {
      title: { en: 'four neighbours at once', zh: '一次四个相邻元素' },
      plan: ({ inputs, attrs }) => ({
        passes: [
          overQuads(sizeOf(inputs.x!.shape), 25, {
            shader,
            constants: opConstants(unaryNames, attrs.op),
            params: { alpha: f32(attrs.alpha) },
            bindings: [
              { name: 'x', access: 'read', vec: 4 },
              { name: 'dy', access: 'read', vec: 4 },
              { name: 'dx', access: 'read_write', vec: 4 },
            ],
          }),
        ],
      }),
    },
  },
  defaultVariant: () => 'flat',
});
