/** Runs a program of stages in float64, point by point: what the kernels' trajectories are held against. */
import type { Row, Stage } from '@/shaders/lib/stages';

type Point = readonly [number, number];
export type Denoiser = (x: Point, s: number, std: number) => Point;
/** Standard normals of one point at one stage, counted from the sampler's first. */
export type Noise = (stage: number) => Point;

export interface State {
  readonly x: Point;
  readonly h: Point;
  readonly a: Point;
}

export const origin: State = { x: [0, 0], h: [0, 0], a: [0, 0] };

const combine = (row: Row, vectors: readonly Point[]): Point => [
  row.reduce((sum, c, i) => (c === 0 ? sum : sum + c * vectors[i]![0]), 0),
  row.reduce((sum, c, i) => (c === 0 ? sum : sum + c * vectors[i]![1]), 0),
];

/** `first` is the number of the first stage given; a Langevin stage needs the particles' mean ‖score‖. */
export function advance(
  state: State,
  stages: readonly Stage[],
  denoiser: Denoiser,
  noise: Noise,
  first = 0,
  meanScore?: number,
): State {
  return stages.reduce(({ x, h, a }, stage, i) => {
    const z = noise(first + i);
    const d: Point = stage.evaluates ? denoiser(x, stage.s, stage.std) : [0, 0];
    if (stage.langevin) {
      if (meanScore === undefined) throw new RangeError('a Langevin stage needs the mean norm of the score');
      const epsilon = stage.langevin / meanScore ** 2;
      const pull = epsilon / stage.std ** 2;
      const row: Row = [1 - pull, 0, 0, pull * stage.s, Math.sqrt(2 * epsilon)];
      return { x: combine(row, [x, h, a, d, z]), h, a };
    }
    const vectors = [x, h, a, d, z];
    return {
      x: combine(stage.x, vectors),
      h: combine(stage.h, vectors),
      a: combine(stage.a, vectors),
    };
  }, state);
}
