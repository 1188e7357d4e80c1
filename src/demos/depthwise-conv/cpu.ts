/** The operators where there is no GPU: the kernels' tuned TypeScript computes, and is what is timed. */
import { problemOf } from '@/gpu/bind';
import { sampleRows } from '@/gpu/rows';
import type { Check, Measurement } from '@/lab/report';
import type { CpuContext, MeasurePoint, Metrics } from '@/lab/session';
import { compare } from '@/lib/compare';
import { LabError } from '@/lib/errors';
import { valuesOf, type HostTensor } from '@/lib/tensor';
import { nothing, type Tensor } from '@/tensor/graph';
import { evaluate, onPool } from '@/tensor/onCpu';
import { NAME, operatorIds, type OperatorId } from './charts';
import { madeOf, measureOperators, settingOf, taskOf, type Bench } from './measure';
import { piecesOf } from './operators';
import type { Params } from './params';
import { describePiece, type PieceGraph } from './piece';
import { aboutOf, metricsOf, type About, type Found, type OperatorSession } from './session';

const BUDGET_MS = 1000;
const TOLERANCE = 1e-5;
const ROWS = 64;

interface Ran {
  readonly graph: PieceGraph;
  readonly values: ReadonlyMap<Tensor, HostTensor>;
}

export class CpuOperators implements OperatorSession {
  readonly tensors = ['x', ...operatorIds];
  readonly about: readonly About[];
  private readonly run = new Map<OperatorId, Ran>();
  private found: Found | undefined;

  constructor(
    private readonly ctx: CpuContext,
    private readonly params: Params,
  ) {
    this.about = aboutOf(params);
  }

  update(): 'restart' {
    return 'restart';
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    const pieces = piecesOf(settingOf(this.params));
    for (const id of operatorIds) {
      signal.throwIfAborted();
      // Baselines compute in f32 whatever the storage.
      const graph = describePiece(pieces[id], { ...madeOf(this.params), dtype: 'f32' });
      this.run.set(id, { graph, values: await evaluate(graph, onPool(this.ctx.pool, signal)) });
    }
    return metricsOf(this.params, this.about);
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const checks: Check[] = [];
    for (const [id, ran] of this.run) checks.push(await this.check(id, ran, signal));
    return checks;
  }

  async *measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncGenerator<Measurement> {
    // Without contenders on a GPU it needs the pool alone.
    const bench = this.ctx as unknown as Bench;
    yield* measureOperators(bench, point, { ...taskOf(point), gpu: [] }, signal);
  }

  async timed(report: (sofar: Found) => void, signal: AbortSignal): Promise<Found> {
    if (this.found) return this.found;
    const points: Measurement[] = [];
    for await (const one of this.measure({ params: this.params, budgetMs: BUDGET_MS }, signal)) {
      points.push(one);
      report({ ceilings: undefined, points: [...points] });
    }
    this.found = { ceilings: undefined, points };
    return this.found;
  }

  async read(name: string): Promise<HostTensor> {
    const { graph, values } = this.run.get(name === 'x' ? 'standard' : (name as OperatorId)) ?? {};
    const host = graph && values?.get(name === 'x' ? graph.x : graph.y);
    if (!host) throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
    return host;
  }

  async snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array();
  }

  async restore(): Promise<void> {
    return;
  }

  /** The last kernel's output against float64 of what it was given. */
  private async check(id: OperatorId, { graph, values }: Ran, signal: AbortSignal): Promise<Check> {
    const { kernel, inputs, attrs, outputs } = graph.nodes.filter((node) => node.kernel !== nothing).at(-1)!;
    const total = kernel.rows(problemOf(kernel, inputs, attrs));
    const rows = sampleRows(total, ROWS);
    const given = Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, values.get(t)!]));
    const expected = await this.ctx.pool.reference(kernel.name, given, attrs, rows, signal);
    const y = valuesOf(values.get(outputs.y!)!);
    const width = y.length / total;
    const found = rows.flatMap((row) => [...y.subarray(row * width, (row + 1) * width)]);
    const { maxAbsError, relError, notFinite } = compare(found, expected.y!, rows.length);
    const pass = notFinite === 0 && relError <= TOLERANCE;
    const counts = { rowsChecked: rows.length, rows: total, tolerance: TOLERANCE };
    return { name: `${NAME}.${id}`, maxAbsError, relError, ...counts, pass };
  }
}
