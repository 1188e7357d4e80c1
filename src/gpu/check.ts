/** Holds every variant and case of a kernel against its float64 reference. */
import { compare, type Comparison } from '@/lib/compare';
import { sentenceOf } from '@/lib/errors';
import { Random } from '@/lib/random';
import { valuesOf, type HostTensor, type HostTensors } from '@/lib/tensor';
import { problemOf, unsupported } from './bind';
import type { Device } from './device';
import type { Case, KernelRoom } from './kernel';
import { run } from './run';

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
    let expected: Readonly<Record<string, Float64Array>> | undefined;
    for (const variant of options.variants ?? Object.keys(kernel.variants)) {
      options.signal?.throwIfAborted();
      const name = { kernel: kernel.name, variant, case: test.name, rows };
      const reason = unsupported(device, kernel, problem, variant);
      if (reason !== undefined) {
        yield { ...name, status: 'unsupported', reason: reason.en };
        continue;
      }
      expected ??= room.reference(
        inputs,
        test.attrs,
        Array.from({ length: rows }, (_, row) => row),
      );
      try {
        const outputs = await run(device, kernel, inputs, test.attrs, { variant, signal: options.signal });
        yield { ...name, ...judge(test, inputs, outputs, expected, rows) };
      } catch (error) {
        options.signal?.throwIfAborted();
        yield { ...name, status: 'fail', reason: sentenceOf(error, 'en') };
      }
    }
  }
}

function judge<A>(
  test: Case<A>,
  inputs: HostTensors,
  outputs: Readonly<Record<string, HostTensor>>,
  expected: Readonly<Record<string, Float64Array>>,
  rows: number,
): Omit<CheckRow, 'kernel' | 'variant' | 'case' | 'rows'> {
  const found = Object.entries(outputs).map(([output, tensor]) => {
    const tolerance = toleranceOf(test, inputs, output);
    const { relError, maxAbsError, worstRow, notFinite } = compare(
      valuesOf(tensor),
      expected[output] ?? [],
      rows,
    );
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
      worstRow,
      pass,
      ...(reason === undefined ? {} : { reason }),
    };
  });
  const share = (f: (typeof found)[number]): number =>
    f.pass ? f.relError / Math.max(f.tolerance, Number.MIN_VALUE) : Infinity;
  const worst = found.reduce((a, b) => (share(b) > share(a) ? b : a));
  const { pass, ...rest } = worst;
  return { ...rest, status: pass ? 'pass' : 'fail' };
}
