/** Holds every variant and case of a kernel against its float64 reference. */
import { compare, type Comparison } from '@/lib/compare';
import { sentenceOf } from '@/lib/errors';
import { Random } from '@/lib/random';
import { valuesOf, type HostTensor, type HostTensors } from '@/lib/tensor';
import { problemOf, unsupported } from './bind';
import type { Device } from './device';
import type { Case, KernelRoom } from './kernel';
import { sampleRows } from './rows';
import { run } from './run';

/** Rows that are held against the reference; of more, so many from all over. Of the rest no element may be unwritten. */
const MOST_ROWS = 100_000;

export interface CheckRow {
  readonly kernel: string;
  readonly variant: string;
  readonly case: string;
  readonly status: 'pass' | 'fail' | 'unsupported';
  /** Why it failed or cannot run here, in English. */
  readonly reason?: string;
  /** Of the output that came closest to its tolerance, or went furthest past it. */
  readonly output?: string;
  readonly relError?: number;
  readonly maxAbsError?: number;
  readonly tolerance?: number;
  readonly worstRow?: Comparison['worstRow'];
  readonly rows: number;
  /** So many of them were held against the reference. */
  readonly rowsChecked?: number;
}

export interface CheckOptions {
  readonly variants?: readonly string[] | undefined;
  /** Named cases, default all. */
  readonly cases?: readonly string[] | undefined;
  /** So many random ones besides, default none. */
  readonly random?: number | undefined;
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The tolerance of an output: the case's own, or that of its inputs' storage. */
export function toleranceOf<A>(test: Case<A>, inputs: HostTensors, output: string): number {
  const own = typeof test.tolerance === 'object' ? test.tolerance[output] : test.tolerance;
  return own ?? (Object.values(inputs).some((t) => t.dtype === 'f16') ? 2e-3 : 1e-5);
}

export async function* checkKernel<A>(
  device: Device,
  room: KernelRoom<A>,
  options: CheckOptions = {},
): AsyncGenerator<CheckRow> {
  const { kernel } = room;
  const seed = options.seed ?? 1;
  const named = room.cases.cases.filter((c) => options.cases?.includes(c.name) ?? true);
  const drawn = Array.from({ length: options.random ?? 0 }, (_, i) => room.cases.random(new Random(seed, i)));
  for (const [i, test] of [...named, ...drawn].entries()) {
    const inputs = test.inputs(new Random(seed, 1000 + i));
    const problem = problemOf(kernel, inputs, test.attrs);
    const rows = kernel.rows(problem);
    let expected: Expected | undefined;
    for (const variant of options.variants ?? Object.keys(kernel.variants)) {
      options.signal?.throwIfAborted();
      const name = { kernel: kernel.name, variant, case: test.name, rows };
      const reason = unsupported(device, kernel, problem, variant);
      if (reason !== undefined) {
        yield { ...name, status: 'unsupported', reason: reason.en };
        continue;
      }
      if (!expected) {
        const some = sampleRows(rows, MOST_ROWS);
        expected = { total: rows, rows: some, values: room.reference(inputs, test.attrs, some) };
      }
      try {
        const outputs = await run(device, kernel, inputs, test.attrs, { variant, signal: options.signal });
        yield { ...name, ...judge(test, inputs, outputs, expected) };
      } catch (error) {
        options.signal?.throwIfAborted();
        yield { ...name, status: 'fail', reason: sentenceOf(error, 'en') };
      }
    }
  }
}

/** What a reference says of some rows of all outputs. */
export interface Expected {
  readonly total: number;
  /** Those that `values` are of, ascending. */
  readonly rows: readonly number[];
  readonly values: Readonly<Record<string, Float64Array>>;
}
/** The given rows of an output, end to end. */
function rowsOf(values: ArrayLike<number>, { total, rows }: Expected): ArrayLike<number> {
  if (rows.length === total) return values;
  const width = values.length / total;
  const some = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    for (let c = 0; c < width; c++) some[i * width + c] = values[row * width + c]!;
  });
  return some;
}

function countNaN(values: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) count += Number(Number.isNaN(values[i]));
  return count;
}

function judge<A>(
  test: Case<A>,
  inputs: HostTensors,
  outputs: Readonly<Record<string, HostTensor>>,
  expected: Expected,
): Omit<CheckRow, 'kernel' | 'variant' | 'case' | 'rows'> {
  const found = Object.entries(outputs).map(([output, tensor]) => {
    const tolerance = toleranceOf(test, inputs, output);
    const values = valuesOf(tensor);
    const { relError, maxAbsError, worstRow, ...compared } = compare(
      rowsOf(values, expected),
      expected.values[output] ?? [],
      expected.rows.length,
    );
    const notFinite = Math.max(compared.notFinite, countNaN(values));
    const pass = notFinite === 0 && relError <= tolerance;
    const reason =
      notFinite > 0
        ? `${output}: ${notFinite} elements unwritten, not finite or off a sentinel`
        : pass
          ? undefined
          : `${output}: error above tolerance`;
    return {
      output,
      tolerance,
      relError,
      maxAbsError,
      worstRow: { ...worstRow, row: expected.rows[worstRow.row] ?? worstRow.row },
      pass,
      ...(reason === undefined ? {} : { reason }),
    };
  });
  const share = (f: (typeof found)[number]): number =>
    f.pass ? f.relError / Math.max(f.tolerance, Number.MIN_VALUE) : Infinity;
  const worst = found.reduce((a, b) => (share(b) > share(a) ? b : a));
  const { pass, ...rest } = worst;
  return { ...rest, rowsChecked: expected.rows.length, status: pass ? 'pass' : 'fail' };
}
