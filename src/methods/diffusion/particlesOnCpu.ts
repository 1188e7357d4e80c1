/** A sampler's program over particles where there is no GPU: the kernel's baseline, on as many cores as the pool has. */
import type { Pool } from '@/lib/pool';
import { tensor, type HostTensor } from '@/lib/tensor';
import { STAGE, tableOf, type Stage } from '@/shaders/lib/stages';
import { kernel } from '@/shaders/mixture-steps/kernel';
import { packed, type Mixture } from './mixture';
import { stretchesOf, type Step } from './samplers';

export interface CpuParticles {
  /** [n, 2] before the first step; a program that begins with a prior needs only its shape. */
  readonly x: HostTensor;
  readonly seed: number;
  /** The particles' mean ‖score‖ before a Langevin stage that is scaled by it. */
  readonly meanScore?: (x: HostTensor, stage: Stage) => number;
}

/** The particles after each step of the program, in order. */
export async function* particlesOnCpu(
  pool: Pool,
  mixture: Mixture,
  program: readonly Step[],
  { x: start, seed, meanScore }: CpuParticles,
  signal?: AbortSignal,
): AsyncGenerator<HostTensor> {
  const n = start.shape[0]!;
  const stages = program.flatMap((step) => step.stages);
  const list = packed(mixture);
  const given = {
    table: tensor('f32', [stages.length, STAGE], tableOf(stages)),
    components: tensor('f32', [list.length / 8, 8], list),
  };
  const zeros = tensor('f32', [n, 2], new Float32Array(2 * n));
  let state = { x: start, h: zeros, a: zeros };
  let first = 0;
  for (const { stages: own } of program) {
    for (const { from, count } of stretchesOf(own)) {
      const stage = own[from]!;
      const norm = stage.langevin === undefined ? 0 : (meanScore?.(state.x, stage) ?? 0);
      const inputs = { ...state, ...given, control: tensor('f32', [4], [norm, 0, 0, 0]) };
      const found = await pool.compute(kernel.name, inputs, { seed, first: first + from, count }, n, signal);
      const of = (name: 'x' | 'h' | 'a'): HostTensor => ({
        ...zeros,
        data: found[name] as HostTensor['data'],
      });
      state = { x: of('x'), h: of('h'), a: of('a') };
    }
    first += own.length;
    yield state.x;
  }
}
