/** Between backward pass and update: skip or not, clipping, the next loss scale, without a read-back. */
import { defineKernel, f32 } from '@/gpu/kernel';
import { control, CONTROL_SIZE } from '@/shaders/lib/control';
import { givenLike } from '@/shaders/lib/flat';
import code from './update.wgsl?raw';

export interface LossScaleAttrs {
  /** Grow and back off; otherwise the scale stays. */
  readonly dynamic: boolean;
  /** Skip steps whose gradients are not finite. */
  readonly guard: boolean;
  readonly growth: number;
  readonly backoff: number;
  /** Finite steps before the scale grows. */
  readonly interval: number;
  /** Largest norm of the gradients; 0: no clipping. */
  readonly maxNorm: number;
  readonly beta1: number;
  readonly beta2: number;
}

export const kernel = defineKernel<LossScaleAttrs>({
  name: 'loss-scale',
  title: { en: 'Loss scale and clipping', zh: '损失缩放与梯度裁剪' },
  inputs: { control: { dtypes: ['f32'], shape: `[${CONTROL_SIZE}]` } },
  outputs: { control: { shape: `[${CONTROL_SIZE}], in place` } },
  attrs: {
    dynamic: { kind: 'boolean', default: true },
    guard: { kind: 'boolean', default: true },
    growth: { kind: 'number', default: 2, min: 1 },
    backoff: { kind: 'number', default: 0.5, min: 0, max: 1 },
    interval: { kind: 'number', default: 2000, integer: true, min: 1 },
    maxNorm: { kind: 'number', default: 0, min: 0 },
    beta1: { kind: 'number', default: 0.9, min: 0, max: 1 },
    beta2: { kind: 'number', default: 0.999, min: 0, max: 1 },
  },
  infer: (inputs) => ({ control: givenLike(inputs, 'control', 'a control block', [CONTROL_SIZE]) }),
  rows: () => 1,
  work: () => ({ flops: 20, bytes: 8 * CONTROL_SIZE }),
  variants: {
    one: {
      title: { en: 'one invocation', zh: '单个线程' },
      plan: ({ attrs }) => ({
        passes: [
          {
            shader: { file: 'loss-scale/update.wgsl', code },
            constants: { ...control, DYNAMIC: attrs.dynamic, GUARD: attrs.guard },
            params: {
              growth: f32(attrs.growth),
              backoff: f32(attrs.backoff),
              interval: f32(attrs.interval),
              max_norm: f32(attrs.maxNorm),
              one_beta1: f32(1 - attrs.beta1),
              one_beta2: f32(1 - attrs.beta2),
            },
            bindings: [{ name: 'control', access: 'read_write' }],
            groups: 1,
            flops: 20,
          },
        ],
      }),
    },
  },
  defaultVariant: () => 'one',
});
