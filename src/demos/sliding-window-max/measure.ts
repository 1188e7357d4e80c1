/** Times and weighs the kernels and the CPU's deque at one point, for charts and reports. */
import type { Measurement } from '@/lab/report';
import type { Context, MeasurePoint } from '@/lab/session';
import type { HostTensor } from '@/lib/tensor';
import { kernel } from '@/shaders/sliding-window-max/kernel';
import { measureKernel, type Bench, type Cpu } from '@/shaders/measure';
import { NAME } from './charts';
import { makeInput } from './input';
import type { Params } from './params';

const cpuNames: Readonly<Record<string, Cpu>> = { 'one-core': 'one', 'all-cores': 'all' };

export async function* measure(
  ctx: Bench & Pick<Context, 'files'>,
  { params, series, budgetMs }: MeasurePoint<Params>,
  current: { readonly params: Params; readonly x: HostTensor },
  signal: AbortSignal,
): AsyncGenerator<Measurement> {
  const same = (['n', 'shape', 'source', 'seed', 'dtype', 'data'] as const).every(
    (name) => params[name] === current.params[name],
  );
  const x = same ? current.x : await makeInput(ctx.files, params, signal);
  const wanted = series?.filter(
    ({ name, dtype }) => name === NAME && (dtype ?? params.dtype) === params.dtype,
  );
  const variants = wanted?.flatMap(({ variant, device }) =>
    device === 'cpu' ? [] : [variant ?? 'register'],
  );
  const cpu = wanted?.flatMap(({ variant = '' }) => cpuNames[variant] ?? []) ?? (['one', 'all'] as const);
  const [h, w] = x.shape.length === 1 ? [1, x.shape[0]!] : [x.shape[0]!, x.shape[1]!];
  const options = {
    name: NAME,
    ...(variants ? { variants: [...new Set(variants)] } : {}),
    shape: { ...(x.shape.length === 1 ? {} : { h }), [x.shape.length === 1 ? 'n' : 'w']: w, k: params.k },
    dtype: params.dtype,
    cpu,
    budgetMs,
    // A row of an image is many windows, and the reference looks at all of each.
    checkRows: Math.max(2, Math.min(16, Math.floor(2e7 / (params.k ** x.shape.length * (h === 1 ? 1 : w))))),
    tolerance: 0,
    signal,
  };
  yield* measureKernel(ctx, kernel, { x }, { k: params.k }, options);
}
