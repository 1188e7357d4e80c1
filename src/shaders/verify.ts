/** Holds outputs on the device against the kernel's float64 reference, on sampled rows where the whole is large. */
import type { Tensors } from '@/gpu/bind';
import { problemOf } from '@/gpu/bind';
import type { Kernel } from '@/gpu/kernel';
import { downloadRows, sampleRows } from '@/gpu/rows';
import type { Check } from '@/lab/report';
import type { Context } from '@/lab/session';
import { compare } from '@/lib/compare';
import { valuesOf, type HostTensors } from '@/lib/tensor';

export interface VerifyOptions {
  /** Rows held against the reference, default 256. */
  readonly rows?: number;
  /** Largest ‖out−ref‖/‖ref‖, default 1e-5, or 2e-3 where an input is f16; per output name where they differ. */
  readonly tolerance?: number | Readonly<Record<string, number>>;
  readonly signal?: AbortSignal;
}

/** One check per output, `<name>.<output>`. The reference runs in a worker and sees the inputs as stored. */
export async function verifyKernel<A>(
  { device, pool }: Pick<Context, 'device' | 'pool'>,
  kernel: Kernel<A>,
  inputs: HostTensors,
  attrs: A,
  outputs: Tensors,
  name: string,
  options: VerifyOptions = {},
): Promise<Check[]> {
  const total = kernel.rows(problemOf(kernel, inputs, attrs));
  const rows = sampleRows(total, options.rows ?? 256);
  const expected = await pool.reference(kernel.name, inputs, attrs, rows, options.signal);
  return judgeRows(device, inputs, outputs, name, { total, rows, expected }, options.tolerance);
}

export interface Sample {
  readonly total: number;
  readonly rows: readonly number[];
  readonly expected: Readonly<Record<string, Float64Array>>;
}

export async function judgeRows(
  device: Context['device'],
  inputs: HostTensors,
  outputs: Tensors,
  name: string,
  { total, rows, expected }: Sample,
  tolerance?: VerifyOptions['tolerance'],
): Promise<Check[]> {
  const usual = Object.values(inputs).some((t) => t.dtype === 'f16') ? 2e-3 : 1e-5;
  const checks: Check[] = [];
  for (const [output, reference] of Object.entries(expected)) {
    const tensor = outputs[output];
    if (!tensor) throw new RangeError(`no output "${output}" to check`);
    const found = valuesOf(await downloadRows(device, tensor, total, rows));
    const { relError, maxAbsError, notFinite } = compare(found, reference, rows.length);
    const allowed = (typeof tolerance === 'object' ? tolerance[output] : tolerance) ?? usual;
    checks.push({
      name: `${name}.${output}`,
      // JSON has no NaN: an element that no one wrote is as wrong as a number can be.
      maxAbsError: Number.isFinite(maxAbsError) ? maxAbsError : Number.MAX_VALUE,
      relError: Number.isFinite(relError) ? relError : Number.MAX_VALUE,
      tolerance: allowed,
      rowsChecked: rows.length,
      rows: total,
      pass: notFinite === 0 && relError <= allowed,
    });
  }
  return checks;
}
