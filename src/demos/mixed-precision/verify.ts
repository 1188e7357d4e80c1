/** The current weights' loss and gradients in f32 on a few held-out rows, against double precision. */
import { download, upload } from '@/gpu/transfer';
import type { Check } from '@/lab/report';
import type { Context } from '@/lab/session';
import { compare } from '@/lib/compare';
import type { Pool } from '@/lib/pool';
import { Random } from '@/lib/random';
import { tensor, valuesOf, type HostTensor, type HostTensors } from '@/lib/tensor';
import type { CpuTraining } from '@/tensor/cpuTraining';
import { settle } from '@/tensor/gradients';
import { Graph } from '@/tensor/graph';
import { cpuStep, evaluate, gradientsOf, inFloat64, namedWeights, onPool } from '@/tensor/onCpu';
import { flat, fill, initialValues, type Layout } from '@/tensor/parameters';
import { compile } from '@/tensor/program';
import { describeStep, type Network } from '@/tensor/step';
import type { ModeRun } from './modeRun';
import type { Params } from './params';
import { WEIGHTS, type Task } from './task';

/** Rows that are checked: the reference is plain TypeScript. */
const ROWS = 4;
/** A step chains up to a hundred kernels of 1e-5 each, whose errors partly cancel. */
const TOLERANCE = 1e-4;

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
  const own = scope.child('verify');
  try {
    const weights = flat(own, 'weights', 'f32', layout);
    fill(device, weights.whole, tensor('f32', [layout.size], whole));
    const gradients = flat(own, 'gradients', 'f32', layout);
    const graph = new Graph();
    const leaves = new Map([...weights.slices].map(([name, slice]) => [name, graph.tensor(slice, true)]));
    const inputs = Object.fromEntries(
      Object.entries(batch).map(([name, host]) => [name, graph.tensor(upload(device, own, name, host))]),
    );
    const one = upload(device, own, 'scale', tensor('f32', [1], [1]));
    const described = describeStep(network, leaves, inputs, graph.tensor(one));
    for (const [name, gradient] of described.gradients)
      settle(graph, gradient, graph.tensor(gradients.slices.get(name)!));
    const program = await compile(graph, device, own);
    await program.run(signal);
    const loss = valuesOf(await download(device, program.memory(described.loss)));
    const found = valuesOf(await download(device, gradients.whole));

    return await judge(pool, network, layout, whole, batch, { loss, gradients: found }, signal);
  } finally {
    own.close();
  }
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
  return judge(pool, network, layout, weights, batch, { loss, gradients }, signal);
}

/** Batches of training are numbered from 0: this one is none of them. */
const batchOf = (task: Task, step: number): HostTensors => task.batch(ROWS, 2 ** 30 + step);

interface Found {
  readonly loss: ArrayLike<number>;
  /** [layout.size] */
  readonly gradients: ArrayLike<number>;
}

async function judge(
  pool: Pool,
  network: Network,
  layout: Layout,
  weights: ArrayLike<number>,
  batch: HostTensors,
  found: Found,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const cpu = cpuStep(network, namedWeights(layout.slices, weights), batch);
  const values = await evaluate(cpu, inFloat64(pool, signal));
  // Gaps between parameters are nobody's: what vectors of four leave there is not compared.
  const given: number[] = [];
  const expected: number[] = [];
  for (const { name, from } of layout.slices) {
    const gradient = cpu.step.gradients.get(name);
    if (!gradient) continue;
    const reference = valuesOf(values.get(gradient)!);
    for (let i = 0; i < reference.length; i++) {
      given.push(found.gradients[from + i]!);
      expected.push(reference[i]!);
    }
  }
  const check = (name: string, f: ArrayLike<number>, reference: ArrayLike<number>): Check => {
    const { relError, maxAbsError, notFinite } = compare([...Array.from(f)], [...Array.from(reference)], 1);
    const pass = notFinite === 0 && relError <= TOLERANCE;
    return { name, maxAbsError, relError, tolerance: TOLERANCE, rowsChecked: ROWS, rows: ROWS, pass };
  };
  return [
    check('training-step.loss', found.loss, valuesOf(values.get(cpu.step.loss)!)),
    check('training-step.gradients', given, expected),
  ];
}
