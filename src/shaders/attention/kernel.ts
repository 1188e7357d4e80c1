/**
 * o = softmax(scale·q·kᵀ restricted to what may be seen)·v, and lse, the natural logarithm of the row's sum of
 * exponentials, from which the backward pass rebuilds the probabilities (Dao, FlashAttention-2, 2023).
 */
import { defineKernel, type Variant } from '@/gpu/kernel';
import { byteLength } from '@/lib/tensor';
import { attentionAttrs, dims, isWide, visiblePairs, WIDE, type AttentionAttrs } from './dims';
import { naive } from './naive';
import { quad, register } from './register';
import { split, splitRegister } from './split';
import { subgroup } from './subgroup';
import { tiled } from './tiled';

/** Fused variants keep a row of o on chip. */
const narrow = (variant: Variant<AttentionAttrs>): Variant<AttentionAttrs> => ({
  ...variant,
  unsupported: (problem, caps) =>
    isWide(problem)
      ? { en: 'heads wider than 256 take three passes', zh: '宽度超过 256 的头需分三趟计算' }
      : variant.unsupported?.(problem, caps),
});

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
    const { B, H, S, D } = dims({ inputs, attrs }, WIDE);
    return {
      o: { dtype: inputs.q!.dtype, shape: [B, H, S, D] },
      lse: { dtype: 'f32', shape: [B, H, S] },
    };
  },
  rows(problem) {
    const { B, H, S } = dims(problem, WIDE);
    return B * H * S;
  },
  work(problem) {
    const d = dims(problem, WIDE);
    const tensors = [...Object.values(problem.inputs), ...Object.values(problem.outputs)];
    return {
      flops: 4 * d.B * d.H * d.D * visiblePairs(d),
      bytes: tensors.reduce((sum, spec) => sum + byteLength(spec), 0),
    };
  },
  variants: {
    naive,
    tiled: narrow(tiled),
    register: narrow(register),
    quad: narrow(quad),
    subgroup: narrow(subgroup),
    split: narrow(split),
    'split-register': narrow(splitRegister),
  },
  defaultVariant(problem, caps) {
    const { S, T } = dims(problem, WIDE);
    if (isWide(problem)) return 'naive';
    const hardware = caps.adapterKind === 'hardware';
    if (S <= 8 && T >= 256) return hardware ? 'split' : 'split-register';
    if (hardware) return 'tiled';
    return caps.subgroups ? 'quad' : 'register';
  },
});
