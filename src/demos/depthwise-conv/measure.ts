/** Times and weighs the operators at one point, each held against float64 first, then together, interleaved; then the CPU. */
import { predictMs } from '@/gpu/predict';
import type { Bound } from '@/gpu/bind';
import { time, type Contender } from '@/gpu/timing';
import type { Measurement } from '@/lab/report';
import type { Context, MeasurePoint } from '@/lab/session';
import { LabError, textOf } from '@/lib/errors';
import { byteLength } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import { ceilings, floorMs } from '@/shaders/ceilings';
import { timeStep } from '@/tensor/onCpu';
import { NAME, operatorIds, type OperatorId } from './charts';
import { piecesOf, type Piece } from './operators';
import type { Params } from './params';
import { describePiece, onDevice, workOf, worksOf, type Made, type PieceGraph } from './piece';
import { verifyPiece } from './verify';

export type Bench = Pick<Context, 'device' | 'scope' | 'pool' | 'tuner'>;
/** A GPU's contender goes without a sentence; the CPU's has how many cores. */
const cpuVariants = { 'one-core': 'one', 'all-cores': 'all' } as const;
type CpuVariant = keyof typeof cpuVariants;

export interface Task {
  readonly gpu: readonly OperatorId[];
  readonly cpu: readonly (readonly [OperatorId, CpuVariant])[];
}

export const settingOf = ({ channels, kernel, resolution, groups }: Params) => ({
  ...{ channels, kernel, resolution },
  groups: Number(groups),
});
export const madeOf = ({ seed, storage }: Params): Made => ({ seed, dtype: storage });

/** Without series everything: each operator on the GPU, the standard one and the separable one on the CPU as well. */
export function taskOf({ series }: Pick<MeasurePoint<Params>, 'series'>): Task {
  const everyCpu = (['standard', 'separable'] as const).flatMap((id) =>
    (['one-core', 'all-cores'] as const).map((variant) => [id, variant] as const),
  );
  if (!series) return { gpu: operatorIds, cpu: everyCpu };
  const named = (id: OperatorId) => series.filter(({ name }) => name === `${NAME}.${id}`);
  return {
    gpu: operatorIds.filter((id) => named(id).some(({ device }) => device !== 'cpu')),
    cpu: operatorIds.flatMap((id) =>
      named(id).flatMap(({ device, variant = '' }) =>
        device === 'cpu' && variant in cpuVariants ? [[id, variant as CpuVariant] as const] : [],
      ),
    ),
  };
}

export async function* measureOperators(
  bench: Bench,
  { params, budgetMs }: MeasurePoint<Params>,
  task: Task,
  signal: AbortSignal,
): AsyncGenerator<Measurement> {
  const pieces = piecesOf(settingOf(params));
  const made = madeOf(params);
  const common = (id: OperatorId, graph: PieceGraph) => {
    const { channels, kernel, resolution } = params;
    return {
      ...{ name: `${NAME}.${id}`, shape: { channels, kernel, resolution } },
      ...{ dtype: made.dtype, tuned: false, ...workOf(graph.nodes) },
    };
  };
  yield* finished(await onGpu(bench, task.gpu, pieces, made, budgetMs, common, signal));
  for (const [id, variant] of task.cpu) {
    signal.throwIfAborted();
    // Baselines compute in f32 whatever the storage.
    const graph = describePiece(pieces[id], { ...made, dtype: 'f32' });
    const timed = await timeStep(bench.pool, graph, cpuVariants[variant], budgetMs, signal);
    const measurable = timed && timed.median > 0;
    const bytes = graph.nodes.reduce(
      (sum, { outputs }) => sum + Object.values(outputs).reduce((all, t) => all + byteLength(t), 0),
      [...graph.given.values()].reduce((sum, host) => sum + byteLength(host), 0),
    );
    yield* finished([
      {
        ...common(id, graph),
        ...{ device: 'cpu', variant, dtype: 'f32', peakBytes: bytes, workspaceBytes: 0 },
        timeMs: measurable ? { ...timed, method: 'performance' } : null,
        ...(!measurable && { note: timed ? tooFast : tooLong(budgetMs) }),
      },
    ]);
  }
}

function* finished(found: readonly Measurement[]): Generator<Measurement> {
  for (const m of found) {
    const rate = (work: number): number | null => (m.timeMs ? work / m.timeMs.median / 1e6 : null);
    yield { ...m, gflops: rate(m.flops), gbps: rate(m.bytes) };
  }
}

async function onGpu(
  bench: Bench,
  ids: readonly OperatorId[],
  pieces: Readonly<Record<OperatorId, Piece>>,
  made: Made,
  budgetMs: number,
  common: (id: OperatorId, graph: PieceGraph) => Omit<Measurement, keyof About | 'timeMs'>,
  signal: AbortSignal,
): Promise<Measurement[]> {
  if (ids.length === 0) return [];
  const { device } = bench;
  const ceiling = await ceilings(device, signal);
  const scope = bench.scope.child('measure operators');
  try {
    const found = new Map<OperatorId, Measurement>();
    const contenders: Contender[] = [];
    for (const id of ids) {
      signal.throwIfAborted();
      try {
        const wrong = await wrongness(bench, pieces[id], made, signal);
        const own = scope.child(id);
        const graph = describePiece(pieces[id], made);
        const { program } = await onDevice(bench, own, graph, false);
        const bound = boundOf(program.bound);
        const kept = [...graph.given.values(), graph.y].reduce((sum, t) => sum + byteLength(t), 0);
        const measurement: Measurement = {
          ...common(id, graph),
          ...{ device: 'gpu', variant: bound.variant, compileMs: bound.compileMs },
          floorMs: worksOf(graph.nodes).reduce((sum, work) => sum + floorMs(work, ceiling), 0),
          ...{ peakBytes: own.peak, workspaceBytes: Math.max(0, own.peak - kept), timeMs: null },
        };
        const predicted = wrong ? 0 : await predictMs(device, bound, budgetMs, signal);
        const note = wrong ?? (predicted > budgetMs ? tooLong(budgetMs) : undefined);
        found.set(id, { ...measurement, ...(note && { note }) });
        if (note) own.close();
        else contenders.push({ name: id, bound });
      } catch (error) {
        if (!(error instanceof LabError) || !/^gpu\.(memory|limit)$/.test(error.code)) throw error;
        const graph = describePiece(pieces[id], made);
        const about: About = { device: 'gpu', variant: '–', peakBytes: 0, workspaceBytes: 0 };
        found.set(id, { ...common(id, graph), ...about, timeMs: null, note: textOf(error) });
      }
    }
    for (const { name, timeMs } of await time(device, contenders, {
      signal,
      budgetMs: Math.min(1500, budgetMs),
    })) {
      const measurement = found.get(name as OperatorId)!;
      found.set(name as OperatorId, { ...measurement, timeMs, ...(!timeMs && { note: tooFast }) });
    }
    return [...found.values()];
  } finally {
    scope.close();
  }
}

type About = Pick<Measurement, 'device' | 'variant' | 'peakBytes' | 'workspaceBytes'>;

/** A program's dispatches as one contender. */
export const boundOf = (bounds: readonly Bound[]): Bound => ({
  variant: bounds.map(({ variant }) => variant).join(' + '),
  passes: bounds.flatMap(({ passes }) => passes),
  scratchBytes: bounds.reduce((sum, { scratchBytes }) => sum + scratchBytes, 0),
  compileMs: Math.max(0, ...bounds.map(({ compileMs }) => compileMs)),
});

/** What is wrong is not timed. */
async function wrongness(
  bench: Bench,
  piece: Piece,
  made: Made,
  signal: AbortSignal,
): Promise<Text | undefined> {
  const scope = bench.scope.child('check');
  try {
    const graph = describePiece(piece, made);
    const run = await onDevice(bench, scope, graph, true);
    await run.program.run(signal);
    const { pass, relError, tolerance } = await verifyPiece(bench, piece.block.name, graph, run, signal, 16);
    if (pass) return undefined;
    const error = relError.toExponential(1);
    return {
      en: `wrong: off by ${error}, allowed ${tolerance}`,
      zh: `结果有误：误差是 ${error}，允许 ${tolerance}`,
    };
  } finally {
    scope.close();
  }
}

const tooFast: Text = { en: 'too fast to measure', zh: '太快，无法计时' };
const tooLong = (budgetMs: number): Text => ({
  en: `left out: more than ${budgetMs} ms a run`,
  zh: `未参与：每次超过 ${budgetMs} 毫秒`,
});
