/** Langevin chains that follow a learned score, on the GPU: the network forwards, then a stage of the program. */
import { bind, problemOf, reparametrise } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { Recorder } from '@/gpu/recorder';
import type { Scope } from '@/gpu/scope';
import { upload, write } from '@/gpu/transfer';
import { tensor, type HostTensor } from '@/lib/tensor';
import { keptSteps } from '@/methods/diffusion/particles';
import type { Step } from '@/methods/diffusion/samplers';
import type { Flat } from '@/tensor/parameters';
import { STAGE, tableOf } from '@/shaders/lib/stages';
import { kernel } from '@/shaders/stage-update/kernel';
import type { Chains } from './exactChains';
import { FieldOnGpu } from './learner';
import type { Reading } from './objectives';

/** @param program with the network's `output` in its coefficients: what takes the place of D is F */
export async function learnedChains(
  device: Device,
  scope: Scope,
  weights: Flat,
  reading: Reading,
  program: readonly Step[],
  start: HostTensor,
  { seed, traced }: { readonly seed: number; readonly traced: number },
  signal: AbortSignal,
  onFrame: (share: number) => void,
): Promise<Chains> {
  const n = start.shape[0]!;
  const stages = program.flatMap((step) => step.stages);
  const field = await FieldOnGpu.create(device, scope, weights, n, reading);
  const { x } = field;
  write(device, x, start);
  const state = { dtype: 'f32', shape: [n, 2] } as const;
  const rows = Math.min(n, traced);
  const trace = scope.tensor('trace', { dtype: 'f32', shape: [program.length, rows, 2] });
  const kept = keptSteps(program.length, n);
  const history = scope.tensor('history', { dtype: 'f32', shape: [kept.length, n, 2] });
  const tensors = {
    ...{ x, h: scope.tensor('h', state), a: scope.tensor('a', state), denoised: field.F },
    table: upload(device, scope, 'table', tensor('f32', [stages.length, STAGE], tableOf(stages))),
    control: scope.tensor('control', { dtype: 'f32', shape: [4] }),
  };
  const problem = (first: number) => problemOf(kernel, tensors, { seed, first });
  const bound = await bind(device, scope, kernel, problem(0), tensors);
  const variant = kernel.variants[bound.variant]!;
  let first = 0;
  for (const [frame, step] of program.entries()) {
    const recorder = new Recorder(device);
    field.setLevel(step.stages[0]!.std || step.sigma);
    for (const stage of step.stages) {
      if (stage.evaluates) field.program.record(recorder);
      recorder.add(reparametrise(bound, variant.plan(problem(first++), device.caps)));
    }
    recorder.copy(x.buffer, trace.buffer, 8 * rows, 0, 8 * rows * frame);
    const at = kept.indexOf(frame);
    if (at >= 0) recorder.copy(x.buffer, history.buffer, 8 * n, 0, 8 * n * at);
    await recorder.run(signal);
    onFrame((frame + 1) / program.length);
  }
  return { program, x, trace, history, kept };
}
