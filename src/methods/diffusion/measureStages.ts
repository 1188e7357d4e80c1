/** Times and weighs stages of a sampler over the exact denoiser of a mixture, on the GPU and on the CPU. */
import { tensor, type HostTensor } from '@/lib/tensor';
import { STAGE, tableOf, type Stage } from '@/shaders/lib/stages';
import { measureKernel, type Bench, type Cpu } from '@/shaders/measure';
import { kernel } from '@/shaders/mixture-steps/kernel';
import { packed, type Mixture } from './mixture';

const cpuNames: Readonly<Record<string, Cpu>> = { 'one-core': 'one', 'all-cores': 'all' };
const TOLERANCE = 1e-4;

interface Stages {
  readonly name: string;
  readonly mixture: Mixture;
  readonly stages: readonly Stage[];
  /** What the stages are called in the measurement's shape. */
  readonly counted: 'stages' | 'steps';
  /** [n, 2] each. */
  readonly state: Readonly<Record<'x' | 'h' | 'a', HostTensor>>;
  readonly seed: number;
  /** About the particles' mean ‖score‖, for Langevin stages that are scaled by it. */
  readonly meanScore?: number;
}

interface Point {
  /** Only these, or everything. */
  readonly series?: readonly { readonly device?: string; readonly variant?: string }[] | undefined;
  readonly budgetMs: number;
}

export function measureStages(
  ctx: Bench,
  { name, mixture, stages, counted, state, seed, meanScore = 0 }: Stages,
  { series, budgetMs }: Point,
  signal: AbortSignal,
): ReturnType<typeof measureKernel> {
  const list = packed(mixture);
  const inputs = {
    ...state,
    table: tensor('f32', [stages.length, STAGE], tableOf(stages)),
    components: tensor('f32', [list.length / 8, 8], list),
    control: tensor('f32', [4], [meanScore, 0, 0, 0]),
  };
  const wanted = series?.map(({ variant }) => cpuNames[variant ?? '']);
  const gpu = !series || series.some(({ device }) => device !== 'cpu');
  return measureKernel(
    ctx,
    kernel,
    inputs,
    { seed, first: 0, count: stages.length },
    {
      name,
      ...(gpu ? {} : { variants: [] }),
      shape: { particles: state.x.shape[0]!, components: list.length / 8, [counted]: stages.length },
      dtype: 'f32',
      cpu: wanted ? wanted.filter((cpu) => cpu !== undefined) : ['one', 'all'],
      budgetMs,
      tolerance: TOLERANCE,
      signal,
    },
  );
}
