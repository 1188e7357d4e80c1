/** One update of a parameter by SGD with momentum, in place, steered by the control block on the GPU. */
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
import code from './sgd.wgsl?raw';

export interface SgdAttrs extends OptimizerAttrs {
  readonly momentum: number;
  readonly decay: number;
}

const states = ['u'];

export const kernel = defineKernel<SgdAttrs>({
  name: 'sgd-momentum',
  title: { en: 'SGD update with momentum', zh: '带动量的 SGD 参数更新' },
  inputs: optimizerInputs(states),
  outputs: optimizerOutputs(states),
  attrs: {
    momentum: { kind: 'number', default: 0.9, min: 0, max: 1 },
    decay: { kind: 'number', default: 0, min: 0 },
    ...optimizerAttrs,
  },
  infer: (inputs, attrs) => inferUpdate(inputs, attrs, states),
  // The counter is one for all.
  rows: () => 1,
  work: ({ inputs, outputs }) => ({
    flops: 6 * sizeOf(inputs.p!.shape),
    bytes: updateBytes(inputs, outputs),
  }),
  variants: {
    flat: {
      title: { en: 'four neighbours at once', zh: '一次四个相邻元素' },
      plan: (problem) =>
        updatePlan(problem, { file: 'sgd-momentum/sgd.wgsl', code }, states, {
          momentum: f32(problem.attrs.momentum),
          decay: f32(problem.attrs.decay),
        }),
    },
  },
  defaultVariant: () => 'flat',
});
