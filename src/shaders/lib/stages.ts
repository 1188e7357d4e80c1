/**
 * A sampler of a diffusion model as a program of linear stages. Every step of every sampler (Euler, Heun, DDIM,
 * DPM-Solver++, ancestral, Euler–Maruyama, Runge–Kutta, Langevin) evaluates the denoiser D once or more and combines
 * vectors by scalars which the noise levels alone determine. So the scalars are computed on the host in float64, and one
 * kernel runs any sampler: with the registers x (the state), h and a (what the sampler keeps), D = E[x₀ | x] at the
 * level x = s x₀ + std n, and z ~ N(0, I),
 *
 *   (x, h, a) ← C · (x, h, a, D, z),  C a 3 × 5 matrix.
 */
export type Row = readonly [x: number, h: number, a: number, d: number, z: number];

export interface Stage {
  /** The level at which D is evaluated: x = s x₀ + std n. Unused where nothing is. */
  readonly s: number;
  readonly std: number;
  /** Is D evaluated; if not, its coefficients are 0. */
  readonly evaluates: boolean;
  readonly x: Row;
  readonly h: Row;
  readonly a: Row;
  /**
   * Langevin's step size ε = langevin / m², where m is the particles' mean ‖score‖ measured at this level, in place of
   * C: x ← x + ε score + √(2ε) z (Song et al. 2021, algorithm 4 and 5). 0 or absent: C applies.
   */
  readonly langevin?: number;
}

/** Numbers of a stage in the table: five vec4 — (s, std, kind, draws), x, h, a over (x, h, a, D), then (z of x, h, a; langevin). */
export const STAGE = 20;

/** What `kind` in the table says. */
export const KIND = { linear: 0, evaluates: 1, langevin: 2 } as const;

/** The table [stages, 20] that the kernels read. */
export function tableOf(stages: readonly Stage[]): Float32Array<ArrayBuffer> {
  const table = new Float32Array(STAGE * stages.length);
  stages.forEach(({ s, std, evaluates, x, h, a, langevin = 0 }, i) => {
    const kind = langevin > 0 ? KIND.langevin : evaluates ? KIND.evaluates : KIND.linear;
    const z = [x[4], h[4], a[4]];
    const draws = langevin > 0 || z.some((c) => c !== 0);
    const rows = [
      [s, std, kind, draws ? 1 : 0],
      x.slice(0, 4),
      h.slice(0, 4),
      a.slice(0, 4),
      [...z, langevin],
    ];
    table.set(rows.flat(), STAGE * i);
  });
  return table;
}

/** A stage of the table as references run it. */
export interface Entry {
  readonly s: number;
  readonly std: number;
  readonly kind: number;
  readonly draws: boolean;
  /** What becomes of x, h and a; of a Langevin stage, the fourth coefficient is the score's. */
  readonly rows: readonly [Row, Row, Row];
}

/** @param norm the particles' mean ‖score‖, which Langevin stages divide by */
export function entryOf(table: ArrayLike<number>, stage: number, norm: number): Entry {
  const at = (j: number): number => table[STAGE * stage + j]!;
  const [s, std, kind, draws] = [at(0), at(1), at(2), at(3) !== 0];
  const step = at(19) / norm ** 2;
  const row = (i: number): Row => [at(4 * i + 4), at(4 * i + 5), at(4 * i + 6), at(4 * i + 7), at(16 + i)];
  const langevin = [
    [1, 0, 0, step, Math.sqrt(2 * step)],
    [0, 1, 0, 0, 0],
    [0, 0, 1, 0, 0],
  ] as const;
  return { s, std, kind, draws, rows: kind === KIND.langevin ? langevin : [row(0), row(1), row(2)] };
}

export const combined = ([x, h, a, d, z]: Row, of: Row): number =>
  x * of[0] + h * of[1] + a * of[2] + d * of[3] + z * of[4];
