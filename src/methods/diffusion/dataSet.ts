/**
 * The exact denoiser of a finite data set y_1 … y_T, which is softmax attention over it. With x = s x₀ + std n,
 *
 *   D = Σ_j softmax_j(−‖x − s y_j‖²/(2 std²)) y_j = Σ_j softmax_j((s/std²) (x·y_j − s ‖y_j‖²/2)) y_j,
 *
 * since ‖x‖² is the same for all j: queries (x, s), keys (y, −‖y‖²/2), values y, at the inverse temperature s/std². So the
 * kernels of FlashAttention compute it, and a sampler that has nothing else ends on the data themselves.
 */
import { bind, problemOf, reparametrise } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { upload } from '@/gpu/transfer';
import { tensor } from '@/lib/tensor';
import { kernel as attentionKernel } from '@/shaders/attention/kernel';
import { kernel as columnsKernel } from '@/shaders/columns/kernel';
import type { Stage } from '@/shaders/lib/stages';
import type { DeviceDenoiser } from './walk';

export interface DataSet {
  /** [count, width] */
  readonly values: Float32Array<ArrayBuffer>;
  readonly count: number;
  readonly width: number;
}

/** A head has room for the data's width and one more, and is a multiple of four from sixteen on. */
const headOf = (width: number): number => Math.max(16, 4 * Math.ceil((width + 1) / 4));

/** −‖y‖²/2 of each. */
const normTerms = ({ values, count, width }: DataSet): Float64Array =>
  Float64Array.from({ length: count }, (_, j) => {
    let square = 0;
    for (let c = 0; c < width; c++) square += values[j * width + c]! ** 2;
    return -square / 2;
  });

/** @param x [n, width] */
export async function attentionDenoiser(
  device: Device,
  scope: Scope,
  data: DataSet,
  x: DeviceTensor,
): Promise<DeviceDenoiser> {
  const { values, count, width } = data;
  const n = x.shape[0]!;
  const D = headOf(width);
  const terms = normTerms(data);
  const table = (last: (j: number) => number) =>
    tensor(
      'f32',
      [1, 1, count, D],
      Float32Array.from({ length: count * D }, (_, i) => {
        const [j, c] = [Math.floor(i / D), i % D];
        return c < width ? values[j * width + c]! : c === width ? last(j) : 0;
      }),
    );
  const k = upload(
    device,
    scope,
    'keys',
    table((j) => terms[j]!),
  );
  const v = upload(
    device,
    scope,
    'values',
    table(() => 0),
  );
  const rows = (label: string, columns: number) =>
    scope.tensor(label, { dtype: 'f32', shape: [n, columns] } as const);
  const [q, o, output] = [rows('queries', D), rows('attended', D), rows('denoised', width)];
  const lse = scope.tensor('lse', { dtype: 'f32', shape: [1, 1, n] });
  const asHead = (of: DeviceTensor): DeviceTensor => ({ ...of, shape: [1, 1, n, D] });

  const widen = (s: number) => problemOf(columnsKernel, { x }, { to: D, slot: width, value: s });
  const attend = (scale: number) =>
    problemOf(attentionKernel, { q: asHead(q), k, v }, { causal: false, scale, window: null });
  const widened = await bind(device, scope, columnsKernel, widen(1), { x, y: q });
  const attended = await bind(device, scope, attentionKernel, attend(1), {
    ...{ q: asHead(q), k, v, o: asHead(o), lse },
  });
  const narrow = problemOf(columnsKernel, { x: o }, { to: width, slot: null, value: 0 });
  const narrowed = await bind(device, scope, columnsKernel, narrow, { x: o, y: output });
  return {
    output,
    record(recorder, { s, std }: Stage) {
      const first = columnsKernel.variants[widened.variant]!.plan(widen(s), device.caps);
      const second = attentionKernel.variants[attended.variant]!.plan(attend(s / std ** 2), device.caps);
      recorder.add(reparametrise(widened, first)).add(reparametrise(attended, second)).add(narrowed);
    },
  };
}

export interface Attended {
  /** D */
  readonly mean: Float64Array;
  /** What each of the data weighs in it. */
  readonly weights: Float64Array;
}

/** The same in float64 from the distances themselves, where nothing cancels. */
export function dataDenoiser(data: DataSet): (x: ArrayLike<number>, s: number, std: number) => Attended {
  const { values, count, width } = data;
  return (x, s, std) => {
    const weights = new Float64Array(count);
    let most = -Infinity;
    for (let j = 0; j < count; j++) {
      let square = 0;
      for (let c = 0; c < width; c++) square += (x[c]! - s * values[j * width + c]!) ** 2;
      weights[j] = -square / (2 * std * std);
      most = Math.max(most, weights[j]!);
    }
    let sum = 0;
    for (let j = 0; j < count; j++) sum += weights[j] = Math.exp(weights[j]! - most);
    const mean = new Float64Array(width);
    for (let j = 0; j < count; j++) {
      weights[j]! /= sum;
      for (let c = 0; c < width; c++) mean[c]! += weights[j]! * values[j * width + c]!;
    }
    return { mean, weights };
  };
}

/** The nearest of the data to a point, and how far it is. */
export function nearest(
  { values, count, width }: DataSet,
  x: ArrayLike<number>,
): { readonly index: number; readonly distance: number } {
  let [index, least] = [0, Infinity];
  for (let j = 0; j < count; j++) {
    let square = 0;
    for (let c = 0; c < width && square < least; c++) square += (x[c]! - values[j * width + c]!) ** 2;
    if (square < least) [index, least] = [j, square];
  }
  return { index, distance: Math.sqrt(least) };
}
