/** One AdamW update of a parameter, in place, steered by the control block on the GPU. */
import { defineKernel, f32 } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import {
  inferUpdate,
  optimizerAttrs,
  optimizerInputs,
  optimizerOutputs,
  updateBytes,
  updatePlan,
  type OptimizerAttrs,
} from '@/shaders/lib/optimizer';
import code from './adamw.wgsl?raw';

export interface AdamwAttrs extends OptimizerAttrs {
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly decay: number;
}

const states = ['m1', 'm2'];

export const kernel = defineKernel<AdamwAttrs>({
  name: 'adamw',
  title: { en: 'AdamW update', zh: 'AdamW 参数更新' },
  inputs: optimizerInputs(states),
  outputs: optimizerOutputs(states),
  attrs: {
    beta1: { kind: 'number', default: 0.9, min: 0, max: 1 },
    beta2: { kind: 'number', default: 0.999, min: 0, max: 1 },
    eps: { kind: 'number', default: 1e-8, min: 0 },
    decay: { kind: 'number', default: 0.01, min: 0 },
    ...optimizerAttrs,
  },
  infer: (inputs, attrs) => inferUpdate(inputs, attrs, states),
  // The counter is one for all.
  rows: () => 1,
  work: ({ inputs, outputs }) => ({
    flops: 16 * sizeOf(inputs.p!.shape),
    bytes: updateBytes(inputs, outputs),
  }),
  variants: {
    flat: {
      title: { en: 'four neighbours at once', zh: '一次四个相邻元素' },
      plan: (problem) =>
        updatePlan(problem, { file: 'adamw/adamw.wgsl', code }, states, {
          beta1: f32(problem.attrs.beta1),
          one_beta1: f32(1 - problem.attrs.beta1),
          beta2: f32(problem.attrs.beta2),
          one_beta2: f32(1 - problem.attrs.beta2),
          eps: f32(problem.attrs.eps),
          decay: f32(problem.attrs.decay),
        }),
    },
  },
  defaultVariant: () => 'flat',
});
