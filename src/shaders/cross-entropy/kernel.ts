/** Cross-entropy from logits, row by row: loss = ln Σ e^x − x[target], with what its gradient and an accuracy need. */
import { defineKernel, u32s, type Plan, type Problem } from '@/gpu/kernel';
import type { NoAttrs } from '@/gpu/kernel';
import { byteLength } from '@/lib/tensor';
import { functions } from '@/shaders/elementwise/kernel';
import { alone, rowDefault, rowTitles, shared, type Rowwise } from '@/shaders/lib/rowwise';
import { dims } from './dims';
import code from './rows.wgsl?raw';

function plan({ inputs }: Problem<NoAttrs>, rowwise: Rowwise): Plan {
  const { rows, classes } = dims(inputs);
  return {
    passes: [
      {
        shader: { file: 'cross-entropy/rows.wgsl', code, uses: [functions, rowwise.library] },
        params: u32s({ rows, classes }),
        bindings: [
          { name: 'logits', access: 'read' },
          { name: 'targets', access: 'read' },
          { name: 'loss', access: 'read_write' },
          { name: 'lse', access: 'read_write' },
          { name: 'hit', access: 'read_write' },
        ],
        groups: rowwise.groups(rows),
        flops: 20 * rows * classes,
      },
    ],
  };
}

export const kernel = defineKernel<NoAttrs>({
  name: 'cross-entropy',
  title: { en: 'Cross-entropy from logits', zh: '由 logits 计算交叉熵' },
  inputs: {
    logits: { dtypes: ['f32', 'f16'], shape: '[rows…, classes]' },
    targets: { dtypes: ['i32'], shape: '[rows…], −1: ignored' },
  },
  outputs: {
    loss: { shape: '[rows…]' },
    lse: { shape: '[rows…]' },
    hit: { shape: '[rows…], 1 where the target has the largest logit' },
  },
  attrs: {},
  infer(inputs) {
    const one = { dtype: 'f32', shape: dims(inputs).shape } as const;
    return { loss: one, lse: one, hit: one };
  },
  rows: ({ inputs }) => dims(inputs).rows,
  work({ inputs }) {
    const { logits, rows, classes } = dims(inputs);
    return { flops: 4 * rows * classes, bytes: byteLength(logits) + 16 * rows };
  },
  variants: {
    register: { title: rowTitles.register, plan: (problem) => plan(problem, alone) },
    workgroup: { title: rowTitles.workgroup, plan: (problem) => plan(problem, shared) },
  },
  defaultVariant: ({ inputs }, caps) => rowDefault(caps, dims(inputs).classes),
});
