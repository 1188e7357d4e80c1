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

/** A state of any width. */
export interface Wide {
  readonly x: Float64Array;
  readonly h: Float64Array;
  readonly a: Float64Array;
}
export type WideDenoiser = (x: Float64Array, s: number, std: number) => ArrayLike<number>;

export const wideOrigin = (width: number): Wide => {
  const zero = (): Float64Array => new Float64Array(width);
  return { x: zero(), h: zero(), a: zero() };
};

/** The same for particles of any width, without Langevin stages; `noise` is of one element at one stage. */
export function advanceWide(
  state: Wide,
  stages: readonly Stage[],
  denoiser: WideDenoiser,
  noise: (stage: number, element: number) => number,
  first = 0,
): Wide {
  return stages.reduce((from, stage, i) => {
    const d = stage.evaluates ? denoiser(from.x, stage.s, stage.std) : undefined;
    const draws = [stage.x, stage.h, stage.a].some((row) => row[4] !== 0);
    const z = from.x.map((_, c) => (draws ? noise(first + i, c) : 0));
    const combined = (row: Row): Float64Array =>
      from.x.map(
        (x, c) =>
          row[0] * x + row[1] * from.h[c]! + row[2] * from.a[c]! + row[3] * (d?.[c] ?? 0) + row[4] * z[c]!,
      );
    return { x: combined(stage.x), h: combined(stage.h), a: combined(stage.a) };
  }, state);
}
