/**
 * o = softmax(scale·q·kᵀ restricted to what may be seen)·v, and lse, the natural logarithm of the row's sum of
 * exponentials, from which the backward pass rebuilds the probabilities (Dao, FlashAttention-2, 2023).
 */
import { defineKernel } from '@/gpu/kernel';
import { byteLength } from '@/lib/tensor';
import { attentionAttrs, dims, visiblePairs, type AttentionAttrs } from './dims';
import { naive } from './naive';
import { quad, register } from './register';
import { split, splitRegister } from './split';
import { subgroup } from './subgroup';
import { tiled } from './tiled';

export const kernel = defineKernel<AttentionAttrs>({
  name: 'attention',
  title: { en: 'Attention', zh: '注意力' },
  inputs: {
    q: { dtypes: ['f32', 'f16'], shape: '[B, H, S, D]' },
    k: { dtypes: ['f32', 'f16'], shape: '[B, Hkv, T, D]' },
    v: { dtypes: ['f32', 'f16'], shape: '[B, Hkv, T, D]' },
    mask: { dtypes: ['u8'], optional: true, shape: '[S, T]' },
  },
  outputs: { o: { shape: '[B, H, S, D]' }, lse: { shape: '[B, H, S]' } },
  attrs: attentionAttrs,
  infer(inputs, attrs) {
    const { B, H, S, D } = dims({ inputs, attrs });
    return {
      o: { dtype: inputs.q!.dtype, shape: [B, H, S, D] },
      lse: { dtype: 'f32', shape: [B, H, S] },
    };
  },
  rows(problem) {
    const { B, H, S } = dims(problem);
    return B * H * S;
  },
  work(problem) {
    const d = dims(problem);
    const tensors = [...Object.values(problem.inputs), ...Object.values(problem.outputs)];
    return {
      flops: 4 * d.B * d.H * d.D * visiblePairs(d),
      bytes: tensors.reduce((sum, spec) => sum + byteLength(spec), 0),
    };
  },
  variants: { naive, tiled, register, quad, subgroup, split, 'split-register': splitRegister },
  defaultVariant(problem, caps) {
    const { S, T } = dims(problem);
    const hardware = caps.adapterKind === 'hardware';
    if (S <= 8 && T >= 256) return hardware ? 'split' : 'split-register';
    if (hardware) return 'tiled';
    return caps.subgroups ? 'quad' : 'register';
  },
});
