/**
 * C on one CPU core in float32. Blocks of B are copied so that four columns lie side by side for every k (which takes
 * transposes and strides out of the inner loop), and four rows by four columns are summed at once: sixteen sums in
 * registers serve each pair of four loads.
 */
import type { Baseline, BaselineInput } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import { placesOf } from '@/shaders/elementwise/reference';
import { walkOf } from '@/shaders/elementwise/broadcast';
import { unary } from '@/shaders/elementwise/functions';
import { shapeOf, type MatmulAttrs } from './dims';

type F32 = Float32Array<ArrayBuffer>;
/** Columns of B that are copied at once: 64·K·4 bytes stay in a core's second-level cache. */
const COLUMNS = 64;

export const baseline: Baseline<MatmulAttrs> = (inputs, attrs, [start, end]) => {
  const specs = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [name, { dtype: 'f32' as const, shape }]),
  );
  const [M, N] = shapeOf({ inputs: specs, attrs: { ...attrs, accumulate: 'f32' } }).slice(-2) as [
    number,
    number,
  ];
  const a = inputs.a!;
  const b = inputs.b!;
  const [leadA, leadB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const K = sizeOf(a.shape) / sizeOf(leadA) / M;
  const walk = walkOf(leadA, leadB);
  const optional = inputs as Readonly<Record<string, BaselineInput | undefined>>;
  const bias = optional.bias?.data;
  const residual = optional.residual?.data;
  const act = attrs.activation === 'none' ? undefined : unary[attrs.activation].f;
  const c = new Float32Array((end - start) * N);
  const left = new Float32Array(4 * K);
  const right = new Float32Array(Math.min(COLUMNS, 4 * Math.ceil(N / 4)) * K);
  const sums = new Float32Array(16);

  for (let row = start; row < end;) {
    const plane = Math.floor(row / M);
    const last = Math.min(end, (plane + 1) * M);
    const [planeA, planeB] = placesOf(plane, walk.sizes, walk.a, walk.b);
    for (let n0 = 0; n0 < N; n0 += COLUMNS) {
      const columns = Math.min(COLUMNS, N - n0);
      for (let n = 0; n < columns; n += 4)
        panel(
          b.data,
          planeB * K * N + (attrs.transB ? (n0 + n) * K : n0 + n),
          attrs.transB ? K : 1,
          attrs.transB ? 1 : N,
          K,
          Math.min(4, columns - n),
          right,
          n * K,
        );
      for (let i = row; i < last; i += 4) {
        const m = i - plane * M;
        panel(
          a.data,
          planeA * M * K + (attrs.transA ? m : m * K),
          attrs.transA ? 1 : K,
          attrs.transA ? M : 1,
          K,
          Math.min(4, last - i),
          left,
          0,
        );
        for (let n = 0; n < columns; n += 4) {
          multiply(left, right, n * K, K, sums);
          for (let r = 0; r < Math.min(4, last - i); r++)
            for (let j = 0; j < Math.min(4, columns - n); j++) {
              const x = attrs.alpha * sums[4 * r + j]! + (bias?.[n0 + n + j] ?? 0);
              const last = residual?.[(i + r) * N + n0 + n + j] ?? 0;
              c[(i - start + r) * N + n0 + n + j] = (act ? act(x) : x) + last;
            }
        }
      }
    }
    row = last;
  }
  return { c };
};

/** Up to four vectors of K side by side: to[4k + i] = from[at + i·apart + k·step]; the rest is zero. */
export function panel(
  from: BaselineInput['data'],
  at: number,
  apart: number,
  step: number,
  K: number,
  count: number,
  to: F32,
  toAt: number,
): void {
  if (count < 4) to.fill(0, toAt, toAt + 4 * K);
  for (let i = 0; i < count; i++) {
    for (let k = 0, j = at + i * apart; k < K; k++, j += step) to[toAt + 4 * k + i] = from[j]!;
  }
}

/** sums[4r + j] = Σ_k a[4k + r]·b[at + 4k + j]. */
export function multiply(a: F32, b: F32, at: number, K: number, sums: F32): void {
  let s0 = 0,
    s1 = 0,
    s2 = 0,
    s3 = 0;
  let s4 = 0,
    s5 = 0,
    s6 = 0,
    s7 = 0;
  let s8 = 0,
    s9 = 0,
    s10 = 0,
    s11 = 0;
  let s12 = 0,
    s13 = 0,
    s14 = 0,
    s15 = 0;
  for (let k = 0, i = 0, j = at; k < K; k++, i += 4, j += 4) {
    const b0 = b[j]!,
      b1 = b[j + 1]!,
      b2 = b[j + 2]!,
      b3 = b[j + 3]!;
    const a0 = a[i]!,
      a1 = a[i + 1]!,
      a2 = a[i + 2]!,
      a3 = a[i + 3]!;
    s0 += a0 * b0;
    s1 += a0 * b1;
    s2 += a0 * b2;
    s3 += a0 * b3;
    s4 += a1 * b0;
    s5 += a1 * b1;
    s6 += a1 * b2;
    s7 += a1 * b3;
    s8 += a2 * b0;
    s9 += a2 * b1;
    s10 += a2 * b2;
    s11 += a2 * b3;
    s12 += a3 * b0;
    s13 += a3 * b1;
    s14 += a3 * b2;
    s15 += a3 * b3;
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
  sums[4] = s4;
  sums[5] = s5;
  sums[6] = s6;
  sums[7] = s7;
  sums[8] = s8;
  sums[9] = s9;
  sums[10] = s10;
  sums[11] = s11;
  sums[12] = s12;
  sums[13] = s13;
  sums[14] = s14;
  sums[15] = s15;
}
