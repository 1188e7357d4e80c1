/**
 * Attention on one CPU core in float32, flash-like: online softmax over blocks of keys, two query rows at once so
 * that every k and v loaded serves both, four partial sums a row so that additions do not wait for each other.
 */
import type { Baseline, BaselineInput } from '@/gpu/kernel';
import { dims, EMPTY_LSE, keyRange, WIDE, type AttentionAttrs } from './dims';

const BLOCK = 64;
type F32 = Float32Array<ArrayBuffer>;

export const baseline: Baseline<AttentionAttrs> = (inputs, attrs, [start, end]) => {
  const d = dims({ inputs: specsOf(inputs), attrs }, WIDE);
  const { H, Hkv, S, T, D } = d;
  const k = inputs.k!.data as F32;
  const v = inputs.v!.data as F32;
  const mask = (inputs as Readonly<Record<string, BaselineInput | undefined>>).mask?.data;
  const o = new Float32Array((end - start) * D);
  const lse = new Float32Array(end - start);
  const q = new Float32Array(2 * D);
  const sum = new Float32Array(2 * D);
  const p = new Float32Array(2 * BLOCK);
  const m = [0, 0];
  const l = [0, 0];

  for (let row = start; row < end;) {
    // Two rows of one head, or the last one alone (then taken twice, and stored once).
    const s = row % S;
    const rows = s + 1 < S && row + 1 < end ? 2 : 1;
    const head = Math.floor(row / S);
    const plane = (Math.floor(head / H) * Hkv + Math.floor(((head % H) * Hkv) / H)) * T * D;
    const ranges = [keyRange(d, s), keyRange(d, s + rows - 1)] as const;
    for (let i = 0; i < 2; i++) {
      const from = (row + Math.min(i, rows - 1)) * D;
      for (let c = 0; c < D; c++) q[i * D + c] = (inputs.q!.data[from + c] ?? 0) * d.scale;
      m[i] = EMPTY_LSE;
      l[i] = 0;
    }
    sum.fill(0);
    for (let t0 = ranges[0][0]; t0 < ranges[1][1]; t0 += BLOCK) {
      const count = Math.min(BLOCK, ranges[1][1] - t0);
      scores(q, k, plane + t0 * D, D, count, p);
      for (let i = 0; i < 2; i++) {
        const [first, last] = ranges[i]!;
        const line = (s + Math.min(i, rows - 1)) * T;
        let top = m[i]!;
        for (let j = 0; j < count; j++) {
          const t = t0 + j;
          if (t < first || t >= last || (mask !== undefined && mask[line + t] === 0)) p[i * BLOCK + j] = NaN;
          else if (p[i * BLOCK + j]! > top) top = p[i * BLOCK + j]!;
        }
        const keep = Math.exp(m[i]! - top);
        let total = 0;
        for (let j = 0; j < count; j++) {
          const score = p[i * BLOCK + j]!;
          const e = Number.isNaN(score) ? 0 : Math.exp(score - top);
          p[i * BLOCK + j] = e;
          total += e;
        }
        m[i] = top;
        l[i] = l[i]! * keep + total;
        if (keep !== 1) for (let c = i * D; c < (i + 1) * D; c++) sum[c]! *= keep;
      }
      values(p, v, plane + t0 * D, D, count, sum);
    }
    for (let i = 0; i < rows; i++) {
      const at = row - start + i;
      const inverse = l[i]! > 0 ? 1 / l[i]! : 0;
      for (let c = 0; c < D; c++) o[at * D + c] = sum[i * D + c]! * inverse;
      lse[at] = l[i]! > 0 ? m[i]! + Math.log(l[i]!) : EMPTY_LSE;
    }
    row += rows;
  }
  return { o, lse };
};

/** p[i, j] = q[i]·k[j] for two rows and `count` keys from `at`. */
function scores(q: F32, k: F32, at: number, D: number, count: number, p: F32) {
  for (let j = 0; j < count; j++, at += D) {
    let a0 = 0,
      a1 = 0,
      a2 = 0,
      a3 = 0;
    let b0 = 0,
      b1 = 0,
      b2 = 0,
      b3 = 0;
    for (let c = 0; c < D; c += 4) {
      const k0 = k[at + c]!,
        k1 = k[at + c + 1]!,
        k2 = k[at + c + 2]!,
        k3 = k[at + c + 3]!;
      a0 += q[c]! * k0;
      a1 += q[c + 1]! * k1;
      a2 += q[c + 2]! * k2;
      a3 += q[c + 3]! * k3;
      b0 += q[D + c]! * k0;
      b1 += q[D + c + 1]! * k1;
      b2 += q[D + c + 2]! * k2;
      b3 += q[D + c + 3]! * k3;
    }
    p[j] = a0 + a1 + (a2 + a3);
    p[BLOCK + j] = b0 + b1 + (b2 + b3);
  }
}

/** sum[i, c] += Σ_j p[i, j]·v[j, c], four columns of both rows in registers at a time. */
function values(p: F32, v: F32, from: number, D: number, count: number, sum: F32) {
  for (let c = 0; c < D; c += 4) {
    let a0 = sum[c]!,
      a1 = sum[c + 1]!,
      a2 = sum[c + 2]!,
      a3 = sum[c + 3]!;
    let b0 = sum[D + c]!,
      b1 = sum[D + c + 1]!,
      b2 = sum[D + c + 2]!,
      b3 = sum[D + c + 3]!;
    for (let j = 0, at = from + c; j < count; j++, at += D) {
      const v0 = v[at]!,
        v1 = v[at + 1]!,
        v2 = v[at + 2]!,
        v3 = v[at + 3]!;
      const pa = p[j]!,
        pb = p[BLOCK + j]!;
      a0 += pa * v0;
      a1 += pa * v1;
      a2 += pa * v2;
      a3 += pa * v3;
      b0 += pb * v0;
      b1 += pb * v1;
      b2 += pb * v2;
      b3 += pb * v3;
    }
    sum[c] = a0;
    sum[c + 1] = a1;
    sum[c + 2] = a2;
    sum[c + 3] = a3;
    sum[D + c] = b0;
    sum[D + c + 1] = b1;
    sum[D + c + 2] = b2;
    sum[D + c + 3] = b3;
  }
}

/** The shapes alone: element types were settled when the problem was made. */
const specsOf = (inputs: Readonly<Record<string, BaselineInput>>) =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [name, { dtype: 'f32' as const, shape }]),
  );
