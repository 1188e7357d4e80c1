/** Times and weighs a product at one point, for charts and reports: variants, ways to sum, and the CPU's. */
import type { SeriesDecl } from '@/lab/demo';
import type { Measurement } from '@/lab/report';
import type { MeasurePoint } from '@/lab/session';
import { halfSumTolerance } from '@/shaders/matmul/cases';
import { CHUNK } from '@/shaders/matmul/dims';
import { kernel } from '@/shaders/matmul/kernel';
import { measureKernel, type Bench, type Cpu } from '@/shaders/measure';
import { NAME } from './charts';
import { drawn, stored, type Matrices, type Sizes } from './inputs';
import { attrsOf, kindOf, kinds, type Kind } from './kinds';
import type { Params } from './params';

export const cpuNames: Readonly<Record<string, Cpu>> = {
  'one-core': 'one',
  'all-cores': 'all',
  wasm: 'wasm',
};

export interface Task {
  readonly name: string;
  readonly kind: Kind;
  /** Undefined: all that this adapter can run; empty: the one that runs here. */
  readonly variants: readonly string[] | undefined;
  readonly cpu: readonly Cpu[];
}

/** What to measure for these series, each way to sum once; without series everything at the current parameters. */
export function tasksOf(series: readonly SeriesDecl[] | undefined, current: Kind, cpuOnly = false): Task[] {
  const everyCpu: readonly Cpu[] = ['one', 'all', 'wasm'];
  if (!series) return [{ name: NAME, kind: current, variants: cpuOnly ? [] : undefined, cpu: everyCpu }];
  const named = [
    { name: NAME, kind: current },
    ...kinds.map((kind) => ({ name: `${NAME}.${kind.id}`, kind })),
  ];
  return named.flatMap(({ name, kind }) => {
    const mine = series.filter((one) => one.name === name);
    const cpu = mine.flatMap(({ device, variant = '' }) =>
      device === 'cpu' ? (cpuNames[variant] ?? []) : [],
    );
    const gpu = cpuOnly ? [] : mine.filter(({ device }) => device !== 'cpu');
    if (gpu.length === 0 && cpu.length === 0) return [];
    const variants = gpu.map(({ variant = PICK }) => variant);
    return [{ name, kind, variants: [...new Set(variants)], cpu: [...new Set(cpu)] }];
  });
}

/** Stands for the variant that runs here. */
export const PICK = 'pick';

/** What a variant may be off by on normal numbers. */
export const tolerance = ({ storage, accumulate }: Kind, k: number): number =>
  accumulate === 'f32'
    ? storage === 'f16'
      ? 2e-3
      : 1e-5
    : halfSumTolerance(accumulate === 'chunked' ? Math.min(k, CHUNK) : k);

/** @param own sizes of a file, which stay whatever the parameters say as long as it is chosen */
export async function* measure(
  bench: Bench,
  { params, series, budgetMs }: MeasurePoint<Params>,
  own: Sizes | undefined,
  signal: AbortSignal,
  cpuOnly = false,
): AsyncGenerator<Measurement> {
  const sizes = (params.tensors && own) ?? { m: params.m, n: params.n, k: params.k };
  // Times do not depend on the values: normal numbers serve, whatever the session shows.
  let matrices: Matrices | undefined;
  for (const { name, kind, variants, cpu } of tasksOf(series, kindOf(params), cpuOnly)) {
    signal.throwIfAborted();
    matrices ??= await drawn(sizes, 'normal', params.seed, signal);
    const inputs = { ...stored(matrices, kind.storage) };
    const attrs = attrsOf(kind.accumulate);
    const picked = variants?.includes(PICK)
      ? (
          await bench.tuner.pick(bench.device, kernel, {
            inputs,
            attrs,
            outputs: kernel.infer(inputs, attrs),
          })
        ).variant
      : undefined;
    const wanted = variants?.map((variant) => (variant === PICK ? picked! : variant));
    yield* measureKernel(bench, kernel, inputs, attrs, {
      ...{ name, cpu, budgetMs, signal, shape: { ...sizes }, dtype: kind.storage },
      ...(wanted ? { variants: wanted } : {}),
      tolerance: tolerance(kind, sizes.k),
      checkRows: Math.max(1, Math.min(16, Math.floor(2e7 / (sizes.n * sizes.k)))),
    });
  }
}
