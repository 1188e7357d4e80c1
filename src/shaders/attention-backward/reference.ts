/**
 * The gradients by their definition in float64: p from the given lse, then the five products, row by row. Sums and
 * the difference dp − delta are taken in double precision, so the error is that of float64: about 1e-15·|logit|.
 * A row is one (b, hkv): dq [B,H,S,D], dk and dv [B,Hkv,T,D] split evenly into B·Hkv.
 */
import type { Reference } from '@/gpu/kernel';
import { toFloat64, type HostTensor } from '@/lib/tensor';
import { dims, keyRange, type AttentionAttrs } from '../attention/dims';

/** A row that saw nothing has this lse or less: −3.4028235e38 or −Infinity. */
const NOTHING = -3.4e38;

export const reference: Reference<AttentionAttrs> = (inputs, attrs, rows) => {
  const d = dims({ inputs, attrs });
  const { H, Hkv, S, T, D, scale } = d;
  const G = H / Hkv;
  const read = (name: string) => toFloat64(inputs[name]!);
  const [q, k, v, o, lse, dO] = [read('q'), read('k'), read('v'), read('o'), read('lse'), read('do')];
  const mask = (inputs as Readonly<Record<string, HostTensor | undefined>>).mask?.data;
  const dq = new Float64Array(rows.length * G * S * D);
  const dk = new Float64Array(rows.length * T * D);
  const dv = new Float64Array(rows.length * T * D);

  rows.forEach((plane, i) => {
    for (let row = 0; row < G * S; row++) {
      const s = row % S;
      const query = plane * G * S + row;
      const L = lse[query]!;
      if (L <= NOTHING) continue;
      let delta = 0;
      for (let c = 0; c < D; c++) delta += dO[query * D + c]! * o[query * D + c]!;
      const [first, last] = keyRange(d, s);
      for (let t = first; t < last; t++) {
        if (mask?.[s * T + t] === 0) continue;
        const key = (plane * T + t) * D;
        let score = 0;
        let dp = 0;
        for (let c = 0; c < D; c++) {
          score += q[query * D + c]! * k[key + c]!;
          dp += dO[query * D + c]! * v[key + c]!;
        }
        const p = Math.exp(scale * score - L);
        const ds = scale * p * (dp - delta);
        for (let c = 0; c < D; c++) {
          dq[(i * G * S + row) * D + c]! += ds * k[key + c]!;
          dk[(i * T + t) * D + c]! += ds * q[query * D + c]!;
          dv[(i * T + t) * D + c]! += p * dO[query * D + c]!;
        }
      }
    }
  });
  return { dq, dk, dv };
};
