/** The operators on the GPU: their outputs, what holds them against float64, and how long each takes here. */
import { download } from '@/gpu/transfer';
import type { Check, Measurement } from '@/lab/report';
import type { Context, MeasurePoint, Metrics, Session } from '@/lab/session';
import { LabError } from '@/lib/errors';
import type { HostTensor } from '@/lib/tensor';
import { ceilings, type Ceilings } from '@/shaders/ceilings';
import { NAME, operatorIds, type OperatorId } from './charts';
import { madeOf, measureOperators, settingOf, taskOf } from './measure';
import { countsOf, macRatio, piecesOf, type Piece } from './operators';
import type { Params } from './params';
import { describePiece, madeImage, onDevice, workOf, type OnDevice, type PieceGraph } from './piece';
import { verifyPiece } from './verify';

export interface Found {
  /** Nothing where there is no GPU. */
  readonly ceilings: Ceilings | undefined;
  readonly points: readonly Measurement[];
}

/** What a table of the operators needs, with a GPU or without. */
export interface OperatorSession extends Session<Params> {
  readonly about: readonly About[];
  /** Measures every operator once; asked again, it answers what it found. */
  timed(report: (sofar: Found) => void, signal: AbortSignal): Promise<Found>;
}

export interface About {
  readonly id: OperatorId;
  readonly parameters: number;
  readonly macs: number;
  readonly bytes: number;
}

/** A contender that would take longer per run is left out of the view's table. */
const BUDGET_MS = 1000;

export const aboutOf = (params: Params): About[] => {
  const pieces = piecesOf(settingOf(params));
  return operatorIds.map((id) => {
    const { nodes } = describePiece(pieces[id], madeOf(params), shapeOnly(pieces[id], params));
    return { id, ...countsOf(pieces[id]), bytes: workOf(nodes).bytes };
  });
};

/** Sizes follow from the shape alone. */
const shapeOnly = ({ size }: Piece, { storage }: Params): HostTensor => ({
  ...{ dtype: storage, shape: [1, ...size] },
  data: storage === 'f16' ? new Uint16Array() : new Float32Array(),
});

export function metricsOf(params: Params, about: readonly About[]): Metrics {
  const of = (id: OperatorId): About => about.find((one) => one.id === id)!;
  return {
    macs: of('standard').macs,
    'separable-macs': of('separable').macs,
    'mac-ratio': macRatio(params),
    'parameter-ratio': of('separable').parameters / of('standard').parameters,
    'byte-ratio': of('separable').bytes / of('standard').bytes,
  };
}

/** Time of the faster separable one over the standard one's; nothing where one has no time. */
export function timeRatio(points: readonly Measurement[]): number | undefined {
  const ms = (id: OperatorId): number =>
    points.find(({ name, device }) => name === `${NAME}.${id}` && device === 'gpu')?.timeMs?.median ??
    Infinity;
  const ratio = Math.min(ms('separable'), ms('separable-fused')) / ms('standard');
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined;
}

export class GpuOperators implements OperatorSession {
  readonly tensors = ['x', ...operatorIds];
  readonly about: readonly About[];
  private readonly pieces: Readonly<Record<OperatorId, Piece>>;
  private readonly run = new Map<OperatorId, { readonly graph: PieceGraph; readonly on: OnDevice }>();
  private found: Found | undefined;

  constructor(
    private readonly ctx: Context,
    private readonly params: Params,
  ) {
    this.pieces = piecesOf(settingOf(params));
    this.about = aboutOf(params);
  }

  update(): 'restart' {
    return 'restart';
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    for (const id of operatorIds) {
      signal.throwIfAborted();
      const graph = describePiece(this.pieces[id], madeOf(this.params));
      const on = await onDevice(this.ctx, this.ctx.scope.child(id), graph, true);
      await on.program.run(signal);
      this.run.set(id, { graph, on });
    }
    return metricsOf(this.params, this.about);
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const found = [...this.run].map(([id, { graph, on }]) =>
      verifyPiece(this.ctx, `${NAME}.${id}`, graph, on, signal),
    );
    return Promise.all(found);
  }

  async assess(signal: AbortSignal): Promise<Metrics> {
    const { points } = await this.timed(() => undefined, signal);
    const ratio = timeRatio(points);
    return ratio === undefined ? {} : { 'time-ratio': ratio };
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    return measureOperators(this.ctx, point, taskOf(point), signal);
  }

  async timed(report: (sofar: Found) => void, signal: AbortSignal): Promise<Found> {
    if (this.found) return this.found;
    const measured = await ceilings(this.ctx.device, signal);
    const points: Measurement[] = [];
    report({ ceilings: measured, points });
    const point = { params: this.params, budgetMs: BUDGET_MS };
    for await (const one of measureOperators(this.ctx, point, taskOf({}), signal)) {
      points.push(one);
      report({ ceilings: measured, points: [...points] });
    }
    this.found = { ceilings: measured, points };
    return this.found;
  }

  async read(name: string): Promise<HostTensor> {
    if (name === 'x') return madeImage(this.pieces.standard, madeOf(this.params));
    const found = this.run.get(name as OperatorId);
    if (!found) throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
    return download(this.ctx.device, found.on.memory(found.graph.y));
  }

  /** The result follows from the parameters alone. */
  snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array(0));
  }

  restore(): Promise<void> {
    return Promise.resolve();
  }
}
