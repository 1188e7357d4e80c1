/**
 * The gradients on one CPU core: keys in blocks that stay in cache with their gradients, every query passing over a
 * block, and the five products of a pair fused into two loops over the columns.
 */
import type { Baseline, BaselineInput } from '@/gpu/kernel';
import { dims, keyRange, type AttentionAttrs } from '../attention/dims';

const BLOCK = 32;
const NOTHING = -3.4e38;

export const baseline: Baseline<AttentionAttrs> = (inputs, attrs, [start, end]) => {
  const specs = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [name, { dtype: 'f32' as const, shape }]),
  );
  const d = dims({ inputs: specs, attrs });
  const { H, Hkv, S, T, D, scale } = d;
  const G = H / Hkv;
  const data = (name: string): Data => inputs[name]!.data;
  const [q, k, v, o, lse, dO] = [data('q'), data('k'), data('v'), data('o'), data('lse'), data('do')];
  const mask = (inputs as Readonly<Record<string, BaselineInput | undefined>>).mask?.data;
  const dq = new Float32Array((end - start) * G * S * D);
  const dk = new Float32Array((end - start) * T * D);
  const dv = new Float32Array((end - start) * T * D);
  const deltas = new Float32Array(G * S);

  for (let plane = start; plane < end; plane++) {
    for (let row = 0; row < G * S; row++) {
      deltas[row] = dot(dO, o, (plane * G * S + row) * D, (plane * G * S + row) * D, D);
    }
    for (let t0 = 0; t0 < T; t0 += BLOCK) {
      for (let row = 0; row < G * S; row++) {
        const s = row % S;
        const query = plane * G * S + row;
        const L = lse[query]!;
        if (L <= NOTHING) continue;
        const delta = deltas[row]!;
        const atQ = query * D;
        const toQ = ((plane - start) * G * S + row) * D;
        const [first, last] = keyRange(d, s);
        const stop = Math.min(last, t0 + BLOCK);
        for (let t = Math.max(first, t0); t < stop; t++) {
          if (mask?.[s * T + t] === 0) continue;
          const atK = (plane * T + t) * D;
          const p = Math.exp(scale * dot(q, k, atQ, atK, D) - L);
          const ds = scale * p * (dot(dO, v, atQ, atK, D) - delta);
          const toK = ((plane - start) * T + t) * D;
          for (let c = 0; c < D; c++) {
            dq[toQ + c] = dq[toQ + c]! + ds * k[atK + c]!;
            dk[toK + c] = dk[toK + c]! + ds * q[atQ + c]!;
            dv[toK + c] = dv[toK + c]! + p * dO[atQ + c]!;
          }
        }
      }
    }
  }
  return { dq, dk, dv };
};

type Data = BaselineInput['data'];

/** Four partial sums, so that additions need not wait for each other; D is a multiple of 4. */
function dot(a: Data, b: Data, i: number, j: number, D: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let c = 0; c < D; c += 4) {
    s0 += a[i + c]! * b[j + c]!;
    s1 += a[i + c + 1]! * b[j + c + 1]!;
    s2 += a[i + c + 2]! * b[j + c + 2]!;
    s3 += a[i + c + 3]! * b[j + c + 3]!;
  }
  return s0 + s1 + (s2 + s3);
}
