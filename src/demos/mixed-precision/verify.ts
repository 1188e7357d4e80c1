/** The current weights' loss and gradients in f32 on a few held-out rows, against double precision. */
import { flat, fill } from '@/tensor/parameters';
import { settle } from '@/tensor/gradients';
import { compile } from '@/tensor/program';
import { describeStep } from '@/tensor/step';
import { Graph } from '@/tensor/graph';
import { download, upload } from '@/gpu/transfer';
import type { Check } from '@/lab/report';
import type { Context } from '@/lab/session';
import { compare } from '@/lib/compare';
import { tensor, valuesOf } from '@/lib/tensor';
import { cpuStep, evaluate, inFloat64, namedWeights } from '@/tensor/onCpu';
import type { ModeRun } from './modeRun';
import type { Task } from './task';

/** Rows that are checked: the reference is plain TypeScript. */
const ROWS = 4;
/** A step chains up to a hundred kernels of 1e-5 each, whose errors partly cancel. */
const TOLERANCE = 1e-4;

export async function verify(
  { device, scope, pool }: Pick<Context, 'device' | 'scope' | 'pool'>,
  { training, evaluations, halted }: ModeRun,
  task: Task,
  step: number,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const { layout } = training;
  const now = valuesOf(await download(device, training.working.whole));
  // Weights that broke a training give nothing to compare: then those of its beginning are held against it.
  const [first] = evaluations;
  const whole = halted !== undefined && first && first.weights.length > 0 ? first.weights : now;
  const network = task.network(ROWS);
  // Batches of training are numbered from 0: this one is none of them.
  const batch = task.batch(ROWS, 2 ** 30 + step);
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

    const cpu = cpuStep(network, namedWeights(layout.slices, whole), batch);
    const values = await evaluate(cpu, inFloat64(pool, signal));
    // Gaps between parameters are nobody's: what vectors of four leave there is not compared.
    const given: number[] = [];
    const expected: number[] = [];
    for (const { name, from } of layout.slices) {
      const gradient = cpu.step.gradients.get(name);
      if (!gradient) continue;
      const reference = valuesOf(values.get(gradient)!);
      for (let i = 0; i < reference.length; i++) {
        given.push(found[from + i]!);
        expected.push(reference[i]!);
      }
    }
    const judge = (name: string, f: ArrayLike<number>, reference: ArrayLike<number>): Check => {
      const { relError, maxAbsError, notFinite } = compare([...Array.from(f)], [...Array.from(reference)], 1);
      const pass = notFinite === 0 && relError <= TOLERANCE;
      return { name, maxAbsError, relError, tolerance: TOLERANCE, rowsChecked: ROWS, rows: ROWS, pass };
    };
    return [
      judge('training-step.loss', loss, valuesOf(values.get(cpu.step.loss)!)),
      judge('training-step.gradients', given, expected),
    ];
  } finally {
    own.close();
  }
}
