/** The current weights' loss and gradients in f32 on a few held-out rows, against double precision. */
import { download } from '@/gpu/transfer';
import type { Check } from '@/lab/report';
import type { Context } from '@/lab/session';
import type { Pool } from '@/lib/pool';
import { Random } from '@/lib/random';
import { valuesOf, type HostTensor, type HostTensors } from '@/lib/tensor';
import type { CpuTraining } from '@/tensor/cpuTraining';
import { cpuStep, evaluate, gradientsOf, namedWeights, onPool } from '@/tensor/onCpu';
import { initialValues } from '@/tensor/parameters';
import { judgeStep, verifyStep } from '@/tensor/verifyStep';
import type { ModeRun } from './modeRun';
import type { Params } from './params';
import { WEIGHTS, type Task } from './task';

/** Rows that are checked: the reference is plain TypeScript. */
const ROWS = 4;

export async function verify(
  { device, scope, pool }: Pick<Context, 'device' | 'scope' | 'pool'>,
  { training, halted }: ModeRun,
  task: Task,
  { seed }: Params,
  step: number,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const { layout } = training;
  // Weights that broke a training give nothing to compare: then those of its beginning are held against it.
  const first = (): HostTensor => initialValues(layout, new Random(seed, WEIGHTS));
  const whole = valuesOf(halted === undefined ? await download(device, training.working.whole) : first());
  const network = task.network(ROWS);
  const batch = batchOf(task, step);
  return verifyStep({ device, scope, pool }, network, layout, whole, batch, signal);
}

/** The same of a training without a GPU: by the kernels' tuned TypeScript. */
export async function verifyOnCpu(
  pool: Pool,
  { layout, weights }: Pick<CpuTraining, 'layout' | 'weights'>,
  task: Task,
  step: number,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const network = task.network(ROWS);
  const batch = batchOf(task, step);
  const cpu = cpuStep(network, namedWeights(layout.slices, weights), batch);
  const values = await evaluate(cpu, onPool(pool, signal));
  const loss = valuesOf(values.get(cpu.step.loss)!);
  const gradients = valuesOf(gradientsOf(layout, cpu, values));
  return judgeStep(pool, network, layout, weights, batch, { loss, gradients }, signal);
}

/** Batches of training are numbered from 0: this one is none of them. */
const batchOf = (task: Task, step: number): HostTensors => task.batch(ROWS, 2 ** 30 + step);
