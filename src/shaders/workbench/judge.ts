/** Outputs of a kernel on the device against its float64 reference, and where the first wrong element is. */
import type { Tensors } from '@/gpu/bind';
import { toleranceOf, type Expected } from '@/gpu/check';
import type { Device } from '@/gpu/device';
import type { Case } from '@/gpu/kernel';
import { downloadRows } from '@/gpu/rows';
import { compare } from '@/lib/compare';
import { sizeOf, valuesOf, type HostTensors } from '@/lib/tensor';

export interface WrongElement {
  /** Into the output's own shape. */
  readonly index: readonly number[];
  readonly found: number;
  readonly expected: number;
}

export interface OutputCheck {
  readonly output: string;
  readonly shape: readonly number[];
  /** ‖out − ref‖ / ‖ref‖. */
  readonly relError: number;
  readonly maxAbsError: number;
  readonly tolerance: number;
  /** Elements that nobody wrote, that are not finite, or that miss a sentinel. */
  readonly notFinite: number;
  readonly rowsChecked: number;
  readonly rows: number;
  readonly pass: boolean;
  readonly firstWrong?: WrongElement;
}

export async function judgeOutputs(
  device: Device,
  test: Case<unknown>,
  inputs: HostTensors,
  outputs: Tensors,
  { total, rows, values }: Expected,
): Promise<OutputCheck[]> {
  const checks: OutputCheck[] = [];
  for (const [output, reference] of Object.entries(values)) {
    const tensor = outputs[output];
    if (!tensor) throw new RangeError(`no output "${output}" to check`);
    const found = valuesOf(await downloadRows(device, tensor, total, rows));
    const tolerance = toleranceOf(test, inputs, output);
    const { relError, maxAbsError, notFinite } = compare(found, reference, rows.length);
    const pass = notFinite === 0 && relError <= tolerance;
    const at = pass ? -1 : firstWrong(found, reference, tolerance);
    const width = rows.length > 0 ? reference.length / rows.length : 0;
    const flat = at < 0 ? 0 : (rows[Math.floor(at / width)] ?? 0) * width + (at % width);
    checks.push({
      ...{ output, shape: tensor.shape, relError, maxAbsError, tolerance, notFinite, pass },
      ...{ rowsChecked: rows.length, rows: total },
      ...(at >= 0 && {
        firstWrong: {
          index: indexOf(flat, tensor.shape),
          found: found[at] ?? NaN,
          expected: reference[at] ?? NaN,
        },
      }),
    });
  }
  return checks;
}

/** Values of this size stand for "nothing" and must match as f32 (`lib/compare.ts`). */
const SENTINEL = 3e38;

/**
 * Where the whole is off by more than the tolerance, some element is off by more than the tolerance of the root mean
 * square: the first of those. −1 where none is.
 */
export function firstWrong(out: ArrayLike<number>, ref: ArrayLike<number>, tolerance: number): number {
  let total = 0;
  let ordinary = 0;
  for (let i = 0; i < ref.length; i++) {
    if (Math.abs(ref[i]!) >= SENTINEL) continue;
    total += ref[i]! ** 2;
    ordinary++;
  }
  const scale = total === 0 ? 1 / Math.sqrt(Math.max(1, ordinary)) : Math.sqrt(total / ordinary);
  for (let i = 0; i < ref.length; i++) {
    const o = out[i] ?? NaN;
    const r = ref[i]!;
    if (Math.abs(r) >= SENTINEL ? Math.fround(o) !== Math.fround(r) : !(Math.abs(o - r) <= tolerance * scale))
      return i;
  }
  return -1;
}

/** Row-major. */
export function indexOf(flat: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = flat;
  let block = sizeOf(shape);
  for (const size of shape) {
    block /= Math.max(1, size);
    index.push(Math.floor(rest / block));
    rest %= block;
  }
  return index;
}
