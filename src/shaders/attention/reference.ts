/**
 * Attention by its definition in float64: every row's scores at once, their true maximum, one division. Nothing
 * is rescaled or accumulated in single precision, so the error is that of float64: about 1e-15·|logit|.
 * A row is one (b, h, s): o [B,H,S,D] and lse [B,H,S] split evenly into B·H·S.
 */
import type { Reference } from '@/gpu/kernel';
import { toFloat64, type HostTensor } from '@/lib/tensor';
import { dims, EMPTY_LSE, keyRange, WIDE, type AttentionAttrs } from './dims';

export const reference: Reference<AttentionAttrs> = (inputs, attrs, rows) => {
  const d = dims({ inputs, attrs }, WIDE);
  const { H, Hkv, S, T, D, scale } = d;
  const q = toFloat64(inputs.q!);
  const k = toFloat64(inputs.k!);
  const v = toFloat64(inputs.v!);
  const mask = (inputs as Readonly<Record<string, HostTensor | undefined>>).mask?.data;
  const o = new Float64Array(rows.length * D);
  const lse = new Float64Array(rows.length);
  const p = new Float64Array(T);

  rows.forEach((row, i) => {
    const s = row % S;
    const h = Math.floor(row / S) % H;
    const b = Math.floor(row / (S * H));
    const plane = (b * Hkv + Math.floor((h * Hkv) / H)) * T * D;
    const [first, last] = keyRange(d, s);
    const seen = (t: number) => mask === undefined || mask[s * T + t] !== 0;
    let m = -Infinity;
    for (let t = first; t < last; t++) {
      if (!seen(t)) continue;
      let dot = 0;
      for (let c = 0; c < D; c++) dot += q[row * D + c]! * k[plane + t * D + c]!;
      p[t] = dot * scale;
      m = Math.max(m, p[t]!);
    }
    let l = 0;
    for (let t = first; t < last; t++) {
      if (!seen(t)) continue;
      const e = Math.exp(p[t]! - m);
      l += e;
      for (let c = 0; c < D; c++) o[i * D + c]! += e * v[plane + t * D + c]!;
    }
    if (l > 0) for (let c = 0; c < D; c++) o[i * D + c]! /= l;
    lse[i] = l > 0 ? m + Math.log(l) : EMPTY_LSE;
  });
  return { o, lse };
};
