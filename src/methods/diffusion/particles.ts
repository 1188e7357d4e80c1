/** Particles on the GPU: a sampler's program runs over them, step by step, without a read-back. */
import { bind, problemOf, reparametrise, type Bound } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import type { Kernel, Problem } from '@/gpu/kernel';
import { Recorder } from '@/gpu/recorder';
import { ownBytes, type DeviceTensor, type Scope } from '@/gpu/scope';
import { upload } from '@/gpu/transfer';
import { tensor } from '@/lib/tensor';
import { STAGE, tableOf, type Stage } from '@/shaders/lib/stages';
import { kernel as stepsKernel } from '@/shaders/mixture-steps/kernel';
import { kernel as normKernel } from '@/shaders/score-norm/kernel';
import { packed, type Mixture } from './mixture';
import { stretchesOf, type Step } from './samplers';

/** Bytes that the states of all particles at several steps may take. */
const HISTORY_BYTES = 64 * 2 ** 20;

export interface ParticlesOptions {
  readonly particles: number;
  readonly seed: number;
  /** How many particles are kept at every step; of the rest as many steps are kept as fit. */
  readonly traced?: number;
}

export class Particles {
  private constructor(
    private readonly device: Device,
    readonly program: readonly Step[],
    readonly x: DeviceTensor,
    /** [steps + 1, traced, 2]: the first particles at every level, from the prior on. */
    readonly trace: DeviceTensor,
    /** [kept, particles, 2], and of which steps. */
    readonly history: DeviceTensor,
    readonly kept: readonly number[],
    private readonly control: DeviceTensor,
    /** [Langevin stages]: what each was scaled by, the particles' mean ‖score‖ before it. */
    readonly norms: DeviceTensor,
    private readonly rebind: (first: number, count: number) => Bound,
    private readonly measure: (stage: Stage) => Bound,
  ) {}

  static async create(
    device: Device,
    scope: Scope,
    mixture: Mixture,
    program: readonly Step[],
    { particles: n, seed, traced = 256 }: ParticlesOptions,
  ): Promise<Particles> {
    const stages = program.flatMap((step) => step.stages);
    const state = { dtype: 'f32', shape: [n, 2] } as const;
    const [x, h, a] = ['x', 'h', 'a'].map((name) => scope.tensor(name, state)) as [
      DeviceTensor,
      DeviceTensor,
      DeviceTensor,
    ];
    const table = upload(device, scope, 'table', tensor('f32', [stages.length, STAGE], tableOf(stages)));
    const list = packed(mixture);
    const components = upload(device, scope, 'components', tensor('f32', [list.length / 8, 8], list));
    const control = scope.tensor('control', { dtype: 'f32', shape: [4] });
    const norms = scope.tensor('norms', { dtype: 'f32', shape: [Math.max(1, langevinStages(program))] });
    const rows = Math.min(n, traced);
    const trace = scope.tensor('trace', { dtype: 'f32', shape: [program.length, rows, 2] });
    const kept = keptSteps(program.length, n);
    const history = scope.tensor('history', { dtype: 'f32', shape: [kept.length, n, 2] });

    const specs = { x, h, a, table, components, control };
    const problem = (first: number, count: number) => problemOf(stepsKernel, specs, { seed, first, count });
    const chosen = stepsKernel.defaultVariant(problem(0, 1), device.caps);
    const plan = (first: number, count: number) =>
      stepsKernel.variants[chosen]!.plan(problem(first, count), device.caps);
    // Its scratch then serves every shorter run of stages.
    const most = Math.max(...program.map((step) => step.stages.length));
    const bound = await bind(device, scope, stepsKernel, problem(0, most), specs, chosen);
    const normProblem = ({ s, std }: { s: number; std: number }) =>
      problemOf(normKernel, { x, components }, { s, std });
    const first = normProblem({ s: 1, std: 1 });
    const normVariant = normKernel.defaultVariant(first, device.caps);
    const normBound = await bind(device, scope, normKernel, first, { x, components, control }, normVariant);
    return new Particles(
      device,
      program,
      x,
      trace,
      history,
      kept,
      control,
      norms,
      (from, count) => reparametrise(bound, plan(from, count)),
      (stage) =>
        reparametrise(normBound, normKernel.variants[normVariant]!.plan(normProblem(stage), device.caps)),
    );
  }

  /** The whole program, from the prior to σ = 0; cancelled between submissions. */
  async run(signal?: AbortSignal): Promise<void> {
    const recorder = new Recorder(this.device);
    let [first, langevin] = [0, 0];
    for (const [step, { stages }] of this.program.entries()) {
      for (const { from, count } of stretchesOf(stages)) {
        const start = stages[from]!;
        // One dispatch for a step, but for Langevin stages, which wait for the mean norm of the score.
        if (start.langevin !== undefined) {
          recorder.add(this.measure(start));
          recorder.copy(this.control.buffer, this.norms.buffer, 4, 0, 4 * langevin++);
        }
        recorder.add(this.rebind(first + from, count));
      }
      this.keep(recorder, step);
      first += stages.length;
    }
    await recorder.run(signal);
  }

  private keep(recorder: Recorder, step: number): void {
    const row = (tensor: DeviceTensor): number => 8 * tensor.shape[1]!;
    const { x, trace, history } = this;
    recorder.copy(x.buffer, trace.buffer, row(trace), 0, step * row(trace));
    const at = this.kept.indexOf(step);
    if (at >= 0) recorder.copy(x.buffer, history.buffer, row(history), 0, at * row(history));
  }

  /** Where in `history` the step's state is, or the one kept before it. */
  keptAt(step: number): number {
    return this.kept.findLastIndex((each) => each <= step);
  }
}

const langevinStages = (program: readonly Step[]): number =>
  program.reduce(
    (sum, { stages }) => sum + stages.filter(({ langevin }) => langevin !== undefined).length,
    0,
  );

/** Every step, or as many as fit, evenly, the first and the last among them. */
export function keptSteps(steps: number, particles: number): number[] {
  const most = Math.max(2, Math.min(steps, Math.floor(HISTORY_BYTES / (8 * particles))));
  if (steps < 2) return [0];
  const at = Array.from({ length: most }, (_, i) => Math.round((i * (steps - 1)) / (most - 1)));
  return [...new Set(at)];
}

/** Bytes of each buffer that a run of K components holds. */
export function bytesOf(
  device: Device,
  program: readonly Step[],
  {
    particles: n,
    K,
    seed,
    traced = 256,
  }: Pick<ParticlesOptions, 'particles' | 'seed' | 'traced'> & { K: number },
): number[] {
  const f32 = (...shape: number[]) => ({ dtype: 'f32', shape }) as const;
  const state = f32(n, 2);
  const stages = program.reduce((sum, step) => sum + step.stages.length, 0);
  const given = { x: state, components: f32(K, 8) };
  const specs = { ...given, h: state, a: state, table: f32(stages, STAGE), control: f32(4) };
  const count = Math.max(...program.map((step) => step.stages.length));
  const steps = problemOf(stepsKernel, specs, { seed, first: 0, count });
  const norm = problemOf(normKernel, given, { s: 1, std: 1 });
  const scratch = <A>(kernel: Kernel<A>, problem: Problem<A>): number[] =>
    Object.values(
      kernel.variants[kernel.defaultVariant(problem, device.caps)]!.plan(problem, device.caps).scratch ?? {},
    );
  const kept = [
    f32(Math.max(1, langevinStages(program))),
    f32(program.length, Math.min(n, traced), 2),
    f32(keptSteps(program.length, n).length, n, 2),
  ];
  return [
    ...[...Object.values(specs), ...kept].map(ownBytes),
    ...scratch(stepsKernel, steps),
    ...scratch(normKernel, norm),
  ];
}
