/** Loss and gradients of a training step in f32 on a few rows, against the same graph in double precision. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { download, upload } from '@/gpu/transfer';
import { compare } from '@/lib/compare';
import type { Pool } from '@/lib/pool';
import { tensor, valuesOf, type HostTensors } from '@/lib/tensor';
import { settle } from './gradients';
import { Graph } from './graph';
import { cpuStep, evaluate, inFloat64, namedWeights } from './onCpu';
import { fill, flat, type Layout } from './parameters';
import { compile } from './program';
import { describeStep, type Network } from './step';

/** A step chains up to a hundred kernels of 1e-5 each, whose errors partly cancel. */
const TOLERANCE = 1e-4;

export interface StepCheck {
  readonly name: string;
  readonly maxAbsError: number;
  readonly relError: number;
  readonly tolerance: number;
  readonly rowsChecked: number;
  readonly rows: number;
  readonly pass: boolean;
}

interface Found {
  readonly loss: ArrayLike<number>;
  /** [layout.size] */
  readonly gradients: ArrayLike<number>;
}

/** The step is run by the GPU, in memory of its own. */
export async function verifyStep(
  { device, scope, pool }: { readonly device: Device; readonly scope: Scope; readonly pool: Pool },
  network: Network,
  layout: Layout,
  whole: ArrayLike<number>,
  batch: HostTensors,
  signal: AbortSignal,
): Promise<readonly StepCheck[]> {
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
    return await judgeStep(pool, network, layout, whole, batch, { loss, gradients: found }, signal);
  } finally {
    own.close();
  }
}

/** What somebody found, against double precision. */
export async function judgeStep(
  pool: Pool,
  network: Network,
  layout: Layout,
  weights: ArrayLike<number>,
  batch: HostTensors,
  found: Found,
  signal: AbortSignal,
): Promise<readonly StepCheck[]> {
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
  const rows = Object.values(network.inputs)[0]!.shape[0]!;
  const check = (name: string, f: ArrayLike<number>, reference: ArrayLike<number>): StepCheck => {
    const { relError, maxAbsError, notFinite } = compare([...Array.from(f)], [...Array.from(reference)], 1);
    const pass = notFinite === 0 && relError <= TOLERANCE;
    return { name, maxAbsError, relError, tolerance: TOLERANCE, rowsChecked: rows, rows, pass };
  };
  return [
    check('training-step.loss', found.loss, valuesOf(values.get(cpu.step.loss)!)),
    check('training-step.gradients', given, expected),
  ];
}
