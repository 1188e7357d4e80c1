/** C by its definition in float64: every product and sum in double precision. A row is one row of one matrix of c. */
import type { Reference } from '@/gpu/kernel';
import { sizeOf, toFloat64, type HostTensor } from '@/lib/tensor';
import { placesOf } from '@/shaders/elementwise/reference';
import { walkOf } from '@/shaders/elementwise/broadcast';
import { unary } from '@/shaders/elementwise/functions';
import { shapeOf, type MatmulAttrs } from './dims';

const identity = (x: number): number => x;

export const reference: Reference<MatmulAttrs> = (inputs, attrs, rows) => {
  const [M, N] = shapeOf({ inputs, attrs }).slice(-2) as [number, number];
  const a = toFloat64(inputs.a!);
  const b = toFloat64(inputs.b!);
  const given = (inputs as Readonly<Record<string, HostTensor | undefined>>).bias;
  const bias = given && toFloat64(given);
  const added = (inputs as Readonly<Record<string, HostTensor | undefined>>).residual;
  const residual = added && toFloat64(added);
  const [leadA, leadB] = [inputs.a!.shape.slice(0, -2), inputs.b!.shape.slice(0, -2)];
  const walk = walkOf(leadA, leadB);
  const K = a.length / sizeOf(leadA) / M;
  const [aRow, aK] = attrs.transA ? [1, M] : [K, 1];
  const [bColumn, bK] = attrs.transB ? [K, 1] : [1, N];
  const act = attrs.activation === 'none' ? identity : unary[attrs.activation].f;
  const c = new Float64Array(rows.length * N);
  rows.forEach((row, r) => {
    const [planeA, planeB] = placesOf(Math.floor(row / M), walk.sizes, walk.a, walk.b);
    const ai = planeA * M * K + (row % M) * aRow;
    for (let n = 0; n < N; n++) {
      const bi = planeB * K * N + n * bColumn;
      let sum = 0;
      for (let k = 0; k < K; k++) sum += a[ai + k * aK]! * b[bi + k * bK]!;
      c[r * N + n] = act(attrs.alpha * sum + (bias?.[n] ?? 0)) + (residual?.[row * N + n] ?? 0);
    }
  });
  return { c };
};
