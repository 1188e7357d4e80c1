/**
 * A sampler's program over particles of any shape with a denoiser that something else computes on the device: attention
 * over a data set, a network. `Particles` is the same for points of the plane, fused into one kernel.
 */
import { bind, problemOf, reparametrise, type Bound } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { upload } from '@/gpu/transfer';
import { byteLength, tensor } from '@/lib/tensor';
import { STAGE, tableOf, type Stage } from '@/shaders/lib/stages';
import { kernel } from '@/shaders/stage-update/kernel';
import type { Step } from './samplers';

export interface DeviceDenoiser {
  /** Where D comes to lie, or what a stage's coefficients are rewritten for; shaped like x. */
  readonly output: DeviceTensor;
  /** Records what computes it from x at a stage's level. */
  record(recorder: Recorder, stage: Stage): void;
  /** A stage in terms of what is in `output` instead of D. */
  rewrite?(stage: Stage): Stage;
}

export interface WalkOptions {
  /** [n, …] */
  readonly shape: readonly number[];
  readonly seed: number;
  /** Particles that are kept at every step. */
  readonly traced: number;
}

export class Walk {
  private constructor(
    private readonly device: Device,
    readonly program: readonly Step[],
    readonly x: DeviceTensor,
    /** [steps + 1, traced, …] */
    readonly trace: DeviceTensor,
    private readonly denoiser: DeviceDenoiser,
    private readonly update: (stage: number) => Bound,
  ) {}

  static async create(
    device: Device,
    scope: Scope,
    program: readonly Step[],
    { shape, seed, traced }: WalkOptions,
    make: (x: DeviceTensor) => Promise<DeviceDenoiser>,
  ): Promise<Walk> {
    const [x, h, a] = ['x', 'h', 'a'].map((name) => scope.tensor(name, { dtype: 'f32', shape })) as [
      DeviceTensor,
      DeviceTensor,
      DeviceTensor,
    ];
    const denoiser = await make(x);
    const stages = program.flatMap((step) => step.stages).map((stage) => denoiser.rewrite?.(stage) ?? stage);
    const table = upload(device, scope, 'table', tensor('f32', [stages.length, STAGE], tableOf(stages)));
    const control = scope.tensor('control', { dtype: 'f32', shape: [4] });
    const rows = Math.min(shape[0]!, traced);
    const trace = scope.tensor('trace', { dtype: 'f32', shape: [program.length, rows, ...shape.slice(1)] });
    const tensors = { x, h, a, denoised: denoiser.output, table, control };
    const problem = (first: number) => problemOf(kernel, tensors, { seed, first });
    const bound = await bind(device, scope, kernel, problem(0), tensors);
    const plan = (first: number) => kernel.variants[bound.variant]!.plan(problem(first), device.caps);
    return new Walk(device, program, x, trace, denoiser, (first) => reparametrise(bound, plan(first)));
  }

  /** From the prior to σ = 0; `after` each step its number is told, and what it returns is waited for. */
  async run(signal: AbortSignal, after?: (step: number) => Promise<void> | undefined): Promise<void> {
    const { trace, x, denoiser } = this;
    const bytes = byteLength(trace) / trace.shape[0]!;
    let first = 0;
    let recorder = new Recorder(this.device);
    for (const [step, { stages }] of this.program.entries()) {
      for (const [i, stage] of stages.entries()) {
        if (stage.evaluates) denoiser.record(recorder, stage);
        recorder.add(this.update(first + i));
      }
      recorder.copy(x.buffer, trace.buffer, bytes, 0, step * bytes);
      first += stages.length;
      if (!after) continue;
      await recorder.run(signal);
      await after(step);
      signal.throwIfAborted();
      recorder = new Recorder(this.device);
    }
    if (!after) await recorder.run(signal);
  }
}
