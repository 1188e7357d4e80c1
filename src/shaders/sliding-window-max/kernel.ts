/**
 * y[i] = max(x[i], …, x[i + k − 1]), and the same over boxes of an image (a dilation by a flat rectangle). With
 * blocks' prefix and suffix maxima it takes three comparisons a sample whatever k (van Herk, "A fast algorithm for
 * local minimum and maximum filters", 1992; Gil and Werman, "Computing 2-D min, median, and max filters", 1993).
 */
import { defineKernel, u32 } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { byteLength } from '@/lib/tensor';
import { dims, isFloatProblem, linesOf, outputsOf, windowAttrs, type WindowAttrs } from './dims';
import { doubling } from './doubling';
import naiveCode from './naive.wgsl?raw';
import { register } from './register';
import { shaderOf } from './store';
import { vanHerk } from './van-herk';

/** Loads of one invocation beyond which a GPU may be taken from us in the middle of it. */
const MOST_LOADS = 2 ** 20;

export const kernel = defineKernel<WindowAttrs>({
  name: 'sliding-window-max',
  title: { en: 'Sliding-window maximum', zh: '滑动窗口最大值' },
  inputs: { x: { dtypes: ['f32', 'i32'], shape: '[n] or [h, w]' } },
  outputs: { y: { shape: '[n − k + 1] or [h − kh + 1, w − kw + 1]' } },
  attrs: windowAttrs,
  infer(inputs, attrs) {
    const { rank, outH, outW } = dims({ inputs, attrs });
    const { dtype } = inputs.x!;
    if (dtype !== 'f32' && dtype !== 'i32') {
      throw new LabError('input.dtype', { name: 'x', got: dtype, allowed: 'f32, i32' });
    }
    return { y: { dtype, shape: rank === 1 ? [outW] : [outH, outW] } };
  },
  rows(problem) {
    const { rank, outH, outW } = dims(problem);
    return rank === 1 ? outW : outH;
  },
  work(problem) {
    const d = dims(problem);
    return {
      // Van Herk's count along every line.
      flops: linesOf(d).reduce((sum, line) => sum + (line.k > 1 ? 3 : 0) * outputsOf(line), 0),
      bytes: byteLength(problem.inputs.x!) + byteLength(problem.outputs.y!),
    };
  },
  variants: {
    naive: {
      title: { en: 'naive, every window by itself', zh: '朴素（每个窗口单独扫描）' },
      unsupported(problem) {
        const { kh, kw } = dims(problem);
        if (kh * kw <= MOST_LOADS) return undefined;
        return {
          en: `one invocation would look at ${kh * kw} samples; up to ${MOST_LOADS} are safe on every GPU`,
          zh: `每个线程要读 ${kh * kw} 个样本；在任何 GPU 上都安全的上限是 ${MOST_LOADS} 个`,
        };
      },
      plan(problem) {
        const { w, kh, kw, outH, outW } = dims(problem);
        const pass = {
          shader: shaderOf('naive', naiveCode),
          constants: { IS_FLOAT: isFloatProblem(problem.inputs) },
          params: { w: u32(w), kh: u32(kh), kw: u32(kw), out_h: u32(outH), out_w: u32(outW) },
          bindings: [
            { name: 'x', access: 'read', dtype: 'i32' },
            { name: 'y', access: 'read_write', dtype: 'i32' },
          ],
          groups: Math.ceil((outH * outW) / 64),
          flops: outH * outW * kh * kw,
        } as const;
        return { passes: [pass] };
      },
    },
    doubling,
    'van-herk': vanHerk,
    register,
  },
  defaultVariant: () => 'register',
});
