/** What a session knows of its product, with a GPU or without one: some rows of C held against float64. */
import { sampleRows } from '@/gpu/rows';
import type { Check, Measurement, Series } from '@/lab/report';
import type { Camera, CpuContext, MeasurePoint, Metrics, Session } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { valuesOf, type HostTensor } from '@/lib/tensor';
import { NAME } from './charts';
import { probe, toleranceOf, type Probe } from './emulate';
import { absoluteErrors, binEdges, errorsOf, rangeOf, ulpAt, type Errors } from './errors';
import { sizesOf, stored, type Matrices, type Sizes } from './inputs';
import { kinds } from './kinds';
import { errorsByKind, referenceOf, rowsOf, type KindErrors, type Multiply } from './multiply';
import { errorsOverK, type AtK } from './overK';
import type { Params } from './params';

export interface Analysis {
  /** Rows of C that were held against the reference, ascending. */
  readonly rows: readonly number[];
  readonly found: ArrayLike<number>;
  readonly expected: Float64Array;
  readonly errors: Errors;
  /** |c − ref| of those rows, and the ends of its colours. */
  readonly map: Float32Array<ArrayBuffer>;
  readonly range: { readonly low: number; readonly high: number };
  readonly probe: Probe;
  readonly params: Params;
}

/** One element, as the pointer finds it. */
export interface Cell {
  /** In C. */
  readonly row: number;
  readonly column: number;
  readonly value: number;
  readonly expected: number;
  readonly error: number;
  readonly ulps: number;
}

/** Products of the float64 reference in a step: a few tenths of a second in its worker. */
const REFERENCE_PRODUCTS = 2 ** 26;
const MOST_ROWS = 1024;
/** Rows of which all ways to sum are compared. */
const COMPARED_PRODUCTS = 2 ** 24;

/** How many rows of C a step holds against the reference. */
export const sampledRows = ({ m, n, k }: Sizes): number =>
  Math.min(m, MOST_ROWS, Math.max(1, Math.floor(REFERENCE_PRODUCTS / (n * k))));

/** Moves that need no new matrices. */
const live: readonly string[] = ['accumulate', 'variant'];

export abstract class ProductSession implements Session<Params> {
  readonly tensors = ['a', 'b', 'c'];
  protected readonly given: Matrices;
  private analysis: Analysis | undefined;
  /** What does not follow the parameters that move live is computed once. */
  private compared: { readonly kinds: readonly KindErrors[]; readonly rows: number } | undefined;
  private grown: readonly AtK[] | undefined;

  constructor(
    protected readonly host: CpuContext,
    protected params: Params,
    private readonly matrices: Matrices,
  ) {
    this.given = stored(matrices, params.storage);
  }

  /** Products of matrices of the session's kind, smaller than its own. */
  protected abstract readonly multiply: Multiply;
  abstract step(n: number, signal: AbortSignal): Promise<Metrics>;
  abstract measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement>;
  protected abstract product(): Promise<HostTensor>;
  draw?(target: GPUTexture, camera: Camera): void;

  /** Sizes as they are: those of a file differ from what the parameters say. */
  get sizes(): Sizes {
    return sizesOf(this.given);
  }

  /** Nothing before the first step. */
  get result(): Analysis | undefined {
    return this.analysis;
  }

  update(params: Params, changed: readonly (keyof Params)[]): 'live' | 'restart' {
    if (changed.some((name) => !live.includes(name))) return 'restart';
    this.params = params;
    return 'live';
  }

  /** Rows of C that a step holds against the reference. */
  protected get rows(): number[] {
    return sampleRows(this.sizes.m, sampledRows(this.sizes));
  }

  protected async analyse(
    found: ArrayLike<number>,
    rows: readonly number[],
    params: Params,
    signal: AbortSignal,
  ): Promise<Analysis> {
    const expected = await referenceOf(this.host, rowsOf(this.given, rows), all(rows.length), signal);
    const probed = await probe(this.given, params.accumulate, signal);
    const map = absoluteErrors(found, expected);
    const errors = errorsOf(found, expected, params.storage);
    return { rows, found, expected, errors, map, range: rangeOf(map), probe: probed, params };
  }

  protected keep(analysis: Analysis): Metrics {
    this.analysis = analysis;
    const { relError, maxUlp, meanUlp, overflowed } = analysis.errors;
    const { lost, condition } = analysis.probe;
    return { relError, maxUlp, meanUlp, overflowed, lostAdds: 100 * lost, condition };
  }

  verify(_signal: AbortSignal): Promise<readonly Check[]> {
    const { rows, errors, probe: probed, params } = this.current();
    const { m, k } = this.sizes;
    const tolerance = toleranceOf(params.storage, params.accumulate, k, probed);
    const pass = errors.overflowed === 0 && errors.relError <= tolerance;
    const { maxAbsError, relError } = errors;
    const counts = { rowsChecked: rows.length, rows: m };
    return Promise.resolve([{ name: `${NAME}.c`, maxAbsError, relError, tolerance, ...counts, pass }]);
  }

  /** An element of the sampled rows; `row` counts those. */
  cell(row: number, column: number): Cell {
    const { rows, found, expected, params } = this.current();
    const i = row * this.sizes.n + column;
    const error = Math.abs(found[i]! - expected[i]!);
    const ulps = error / ulpAt(expected[i]!, params.storage);
    return { row: rows[row]!, column, value: found[i]!, expected: expected[i]!, error, ulps };
  }

  /** The same numbers by each way to sum; where they are many, on some rows. */
  async compareSums(signal: AbortSignal): Promise<NonNullable<typeof this.compared>> {
    if (this.compared) return this.compared;
    const { m, n, k } = this.sizes;
    const rows = sampleRows(m, Math.min(256, Math.max(1, Math.floor(COMPARED_PRODUCTS / (n * k)))));
    const found = await errorsByKind(this.host, this.multiply, rowsOf(this.matrices, rows), signal);
    const order = kinds.map(({ id }) => id);
    found.sort((x, y) => order.indexOf(x.kind.id) - order.indexOf(y.kind.id));
    this.compared = { kinds: found, rows: rows.length };
    return this.compared;
  }

  async overK(report: (sofar: readonly AtK[]) => void, signal: AbortSignal): Promise<readonly AtK[]> {
    if (this.grown) return this.grown;
    const { distribution, seed, tensors } = this.params;
    const own = tensors !== null && this.host.files.tensors !== undefined;
    const from = own ? { own: this.matrices } : { distribution, seed };
    this.grown = await errorsOverK(this.host, this.multiply, from, report, signal);
    return this.grown;
  }

  async read(name: string): Promise<HostTensor> {
    if (name === 'a' || name === 'b') return this.given[name];
    if (name === 'c') return this.product();
    throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
  }

  /** How the current errors are spread: log₂ |c − ref|/|ref|, elements from each power of two to the next. */
  series(): readonly Series[] {
    if (!this.analysis) return [];
    const y = [...this.analysis.errors.counts];
    return [{ name: 'log2RelError', unit: 'elements', x: binEdges.slice(0, -1), y }];
  }

  /** The result follows from the parameters alone. */
  snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array(0));
  }

  restore(): Promise<void> {
    return Promise.resolve();
  }

  protected current(): Analysis {
    if (!this.analysis) throw new Error('nothing was computed yet');
    return this.analysis;
  }
}

const all = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Values of whole rows out of a tensor in host memory. */
export function rowValues(c: HostTensor, rows: readonly number[]): Float64Array {
  const n = c.shape[1]!;
  const values = valuesOf(c);
  const out = new Float64Array(rows.length * n);
  rows.forEach((row, i) => out.set(values.subarray(row * n, (row + 1) * n), i * n));
  return out;
}
