/**
 * Gradients of attention from what its forward pass left behind: p = exp(scale·q·k − lse), delta = rowsum(do∘o),
 * dv = pᵀ·do, ds = p∘(do·vᵀ − delta), dq = scale·ds·k, dk = scale·dsᵀ·q, those of k and v summed over the heads
 * that share them (Dao, FlashAttention-2, 2023, Alg. 2). There are no float atomics: dq and dk, dv are two passes.
 */
import { defineKernel } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { byteLength, type Specs, type TensorSpec } from '@/lib/tensor';
import { attentionAttrs, dims, visiblePairs, type AttentionAttrs } from '../attention/dims';
import { naive } from './naive';
import { register } from './register';
import { tiled } from './tiled';

const floats = ['f32', 'f16'] as const;

export const kernel = defineKernel<AttentionAttrs>({
  name: 'attention-backward',
  title: { en: 'Attention, backward', zh: '注意力反向传播' },
  inputs: {
    q: { dtypes: floats, shape: '[B, H, S, D]' },
    k: { dtypes: floats, shape: '[B, Hkv, T, D]' },
    v: { dtypes: floats, shape: '[B, Hkv, T, D]' },
    mask: { dtypes: ['u8'], optional: true, shape: '[S, T]' },
    o: { dtypes: floats, shape: '[B, H, S, D]' },
    lse: { dtypes: ['f32'], shape: '[B, H, S]' },
    do: { dtypes: floats, shape: '[B, H, S, D]' },
  },
  outputs: {
    dq: { shape: '[B, H, S, D]' },
    dk: { shape: '[B, Hkv, T, D]' },
    dv: { shape: '[B, Hkv, T, D]' },
  },
  attrs: attentionAttrs,
  infer(inputs, attrs) {
    const { B, H, Hkv, S, T, D } = dims({ inputs, attrs });
    const { q, o, lse, do: dO } = inputs as Readonly<Record<string, TensorSpec | undefined>>;
    const dtype = q!.dtype;
    for (const [name, spec] of Object.entries({ o, do: dO })) {
      expectShape(name, spec, [B, H, S, D]);
      if (spec?.dtype !== dtype)
        throw new LabError('input.dtype', { name, got: spec?.dtype, allowed: `${dtype} (as q)` });
    }
    expectShape('lse', lse, [B, H, S]);
    const ofKeys = { dtype, shape: [B, Hkv, T, D] };
    return { dq: { dtype, shape: [B, H, S, D] }, dk: ofKeys, dv: ofKeys };
  },
  /** A row is one key/value plane with the query heads of its group. */
  rows(problem) {
    const { B, Hkv } = dims(problem);
    return B * Hkv;
  },
  work(problem) {
    const d = dims(problem);
    const bytes = (specs: Specs) => Object.values(specs).reduce((sum, spec) => sum + byteLength(spec), 0);
    return {
      flops: 10 * d.B * d.H * d.D * visiblePairs(d),
      bytes: bytes(problem.inputs) + bytes(problem.outputs),
    };
  },
  variants: { naive, tiled, register },
  defaultVariant: (_, caps) => (caps.adapterKind === 'hardware' ? 'tiled' : 'register'),
});

function expectShape(name: string, spec: TensorSpec | undefined, want: readonly number[]) {
  if (spec?.shape.join() !== want.join())
    throw new LabError('input.shape', {
      name,
      got: spec?.shape.join(', ') ?? '',
      allowed: `[${want.join(', ')}]`,
    });
}
