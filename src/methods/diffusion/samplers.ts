/**
 * Samplers as programs of linear stages (`shaders/lib/stages.ts`): for each step from level t to level u < t, which
 * combinations of the state x, of what was kept (h, a), of the denoiser's output D and of noise z.
 */
import type { Row, Stage } from '@/shaders/lib/stages';
import type { SamplerName } from './names';
import { diffusion2, type Process } from './process';

export interface SamplerOptions {
  /** Algorithm 2 of Karras et al.: S_churn, S_min, S_max, S_noise. */
  readonly churn?: number;
  readonly churnMin?: number;
  readonly churnMax?: number;
  readonly noise?: number;
  /** DDIM's η: 0 has no noise, 1 is ancestral. */
  readonly eta?: number;
  /** Signal-to-noise ratio r of the Langevin corrector (Song et al. 2021, algorithms 4 and 5). */
  readonly snr?: number;
  /** Langevin steps per level, and their size in units of σ²: α_i = langevinRate σ_i². NCSN: 100 and 0.2. */
  readonly langevinSteps?: number;
  /** The standard deviation, by σ, of what is wrong with D at each evaluation: a network's F errs, and c_out carries it. */
  readonly error?: (sigma: number) => number;
  readonly langevinRate?: number;
}

/** A noise level with all that a step needs of it. */
interface Level {
  readonly t: number;
  readonly s: number;
  readonly sigma: number;
  readonly std: number;
}

export interface Step {
  /** The level that this step ends on. */
  readonly t: number;
  readonly sigma: number;
  readonly stages: readonly Stage[];
}

interface Coefficients {
  readonly x?: number;
  readonly h?: number;
  readonly a?: number;
  readonly d?: number;
  readonly z?: number;
}

const row = ({ x = 0, h = 0, a = 0, d = 0, z = 0 }: Coefficients): Row => [x, h, a, d, z];
const keep = { x: row({ x: 1 }), h: row({ h: 1 }), a: row({ a: 1 }) };

/** A stage that evaluates D at a level. */
const at = ({ s, std }: Level, to: { x: Coefficients; h?: Coefficients; a?: Coefficients }): Stage => ({
  ...{ s, std, evaluates: true },
  x: row(to.x),
  h: to.h ? row(to.h) : keep.h,
  a: to.a ? row(to.a) : keep.a,
});

/** Noise alone, without an evaluation. */
const stir = (x: number, z: number): Stage => ({
  ...{ s: 1, std: 0, evaluates: false },
  ...{ x: row({ x, z }), h: keep.h, a: keep.a },
});

const E_NORM = Math.sqrt(Math.PI / 2);

/** D itself, which is where x₀ is expected: the last step of samplers that add noise. */
const denoised = (from: Level): Stage => at(from, { x: { d: 1 } });

/** Scaling and noise of x on the level that a step ends on. */
export const levelAt = (
  process: Process,
  { t, sigma }: Pick<Step, 't' | 'sigma'>,
): { s: number; std: number } => (sigma === 0 ? { s: 1, std: 0 } : { s: process.s(t), std: process.std(t) });

/** The steps of a sampler through falling levels that end on σ = 0; the first draws from the prior. */
export function steps(
  process: Process,
  sampler: SamplerName,
  sigmas: readonly number[],
  options: SamplerOptions = {},
): Step[] {
  const level = (t: number): Level => ({ t, s: process.s(t), sigma: process.sigma(t), std: process.std(t) });
  const end: Level = { t: 0, s: 1, sigma: 0, std: 0 };
  const levels = [
    ...sigmas.map((sigma) => {
      const t = process.timeOf(sigma);
      return { ...level(t), sigma };
    }),
    end,
  ];
  const make = makers[sampler];
  const prior = { t: levels[0]!.t, sigma: levels[0]!.sigma, stages: [stir(0, levels[0]!.std)] };
  const context = { process, options, N: sigmas.length, level, levels };
  const { error } = options;
  const made = levels.slice(1).map((to, i) => {
    const stages = make(levels[i]!, to, i, context);
    return {
      ...{ t: to.t, sigma: to.sigma },
      stages: error ? stages.map((each) => erring(each, error)) : stages,
    };
  });
  return [prior, ...made];
}

/** Beyond any level in use; where a flow begins, σ is ∞. */
const MOST_SIGMA = 1000;

/**
 * D + e z in place of D: where D goes, the same z goes with it, into every register. A stage that draws noise of its own,
 * which goes into x alone, has both in one. The corrector's score is left as it is.
 */
function erring(stage: Stage, error: (sigma: number) => number): Stage {
  if (!stage.evaluates || stage.langevin !== undefined) return stage;
  const e = error(Math.min(MOST_SIGMA, stage.s === 0 ? MOST_SIGMA : stage.std / stage.s));
  const erred = ([x, h, a, d, z]: Row): Row => [x, h, a, d, z === 0 ? d * e : Math.hypot(z, d * e)];
  return { ...stage, x: erred(stage.x), h: erred(stage.h), a: erred(stage.a) };
}

/** How often D is evaluated. */
export const evaluations = (of: readonly Step[]): number =>
  of.reduce((sum, { stages }) => sum + stages.filter(({ evaluates }) => evaluates).length, 0);

/** Stages that run in one go: a Langevin stage waits for the mean norm of the score, so it begins a stretch of its own. */
export function stretchesOf(stages: readonly Stage[]): { readonly from: number; readonly count: number }[] {
  const starts = stages.flatMap(({ langevin }, i) => (i === 0 || langevin !== undefined ? [i] : []));
  return starts.map((from, i) => ({ from, count: (starts[i + 1] ?? stages.length) - from }));
}

interface Context {
  readonly process: Process;
  readonly options: SamplerOptions;
  readonly N: number;
  readonly level: (t: number) => Level;
  readonly levels: readonly Level[];
}
type Maker = (from: Level, to: Level, i: number, context: Context) => Stage[];

const isEnd = ({ sigma }: Level): boolean => sigma === 0;

/** x + Δ (rate x − pull D). */
const euler: Maker = (from, to, _i, { process }) => {
  const step = to.t - from.t;
  return [at(from, { x: { x: 1 + step * process.rate(from.t), d: -step * process.pull(from.t) } })];
};

/** Algorithm 1: an Euler step, then the mean of both ends' slopes; the last step, to 0, is Euler's. */
const heun: Maker = (from, to, i, context) => {
  if (isEnd(to)) return euler(from, to, i, context);
  const { process } = context;
  const step = to.t - from.t;
  const [rate, pull] = [process.rate(from.t), process.pull(from.t)];
  return [
    at(from, {
      x: { x: 1 + step * rate, d: -step * pull },
      a: { x: 1 + (step / 2) * rate, d: (-step / 2) * pull },
    }),
    at(to, { x: { a: 1, x: (step / 2) * process.rate(to.t), d: (-step / 2) * process.pull(to.t) } }),
  ];
};

/** Algorithm 2: noise is raised to σ̂ = (1 + γ) σ first. */
const stochastic: Maker = (from, to, i, context) => {
  const { process, options, N, level } = context;
  const { churn = 0, churnMin = 0, churnMax = Infinity, noise = 1 } = options;
  const within = from.sigma >= churnMin && from.sigma <= churnMax;
  const gamma = within ? Math.min(churn / N, Math.SQRT2 - 1) : 0;
  if (gamma === 0) return heun(from, to, i, context);
  const hat = level(process.timeOf(from.sigma * (1 + gamma)));
  const added = from.sigma * Math.sqrt(gamma * (2 + gamma)) * hat.s * noise;
  return [stir(hat.s / from.s, added), ...heun(hat, to, i, context)];
};

/**
 * y' = D + √(σ'² − τ²)/σ (y − D) + τ z in y = x/s, τ² = η² σ'² (1 − σ'²/σ²) (Song, Meng & Ermon 2021, eq. 12). η = 0 is
 * Euler's step in (x/s, σ); η = 1 draws from the posterior of DDPM.
 */
const implicit = (eta: number, from: Level, to: Level): Stage => {
  const tau = eta * to.std * Math.sqrt(1 - (to.sigma / from.sigma) ** 2);
  const share = Math.sqrt(to.std ** 2 - tau ** 2) / from.std;
  return at(from, { x: { x: share, d: to.s - from.s * share, z: tau } });
};

const ddim: Maker = (from, to, _i, { options: { eta = 0 } }) => [implicit(eta, from, to)];

/** Ancestral, with the variance β of the forward step ("fixedlarge", Ho et al. 2020, §3.2); none in the last step. */
const ddpm: Maker = (from, to) => {
  const share = (to.sigma / from.sigma) ** 2 * (to.s / from.s);
  const beta = 1 - (from.s / to.s) ** 2;
  return [at(from, { x: { x: share, d: to.s - from.s * share, z: isEnd(to) ? 0 : Math.sqrt(beta) } })];
};

/** Data prediction, multistep, second order, in λ = −ln σ (Lu et al. 2022, DPM-Solver++, algorithm 2). */
const dpmpp: Maker = (from, to, i, { levels }) => {
  const share = to.std / from.std;
  const gain = to.s - from.s * share;
  const before = levels[i - 1];
  // Half of h/h_before; none where there was no step before, or one from σ = ∞ or to σ = 0.
  const half =
    before && !isEnd(to) && before.sigma !== Infinity
      ? (0.5 * Math.log(from.sigma / to.sigma)) / Math.log(before.sigma / from.sigma)
      : 0;
  return [at(from, { x: { x: share, d: gain * (1 + half), a: -gain * half }, a: { d: 1 } })];
};

/** Euler–Maruyama on dx = (f x − g² score) dt + g dw̄, backwards; from σ = ∞, where f has no value, by the posterior. */
const reverseSde: Maker = (from, to, _i, { process }) => {
  if (isEnd(to)) return [denoised(from)];
  if (from.sigma === Infinity) return [implicit(1, from, to)];
  const step = to.t - from.t;
  const drift = process.drift(from.t);
  // g² score = 2 (σ̇/σ) (s D − x).
  const twice = 2 * (process.rate(from.t) - drift);
  return [
    at(from, {
      x: {
        x: 1 + step * (drift + twice),
        d: -step * twice * from.s,
        z: Math.sqrt(-step * diffusion2(process, from.t)),
      },
    }),
  ];
};

/** The classical Runge–Kutta method of order four; the last step, to 0, is Euler's. */
const rungeKutta: Maker = (from, to, i, context) => {
  if (isEnd(to)) return euler(from, to, i, context);
  const { process, level } = context;
  const step = to.t - from.t;
  const middle = level(from.t + step / 2);
  const slope = ({ t }: Level, part: number) => ({
    x: part * step * process.rate(t),
    d: -part * step * process.pull(t),
  });
  const plus = (base: Coefficients, more: { x: number; d: number }): Coefficients => ({
    ...base,
    x: (base.x ?? 0) + more.x,
    d: more.d,
  });
  return [
    at(from, {
      x: plus({ x: 1 }, slope(from, 1 / 2)),
      h: { x: 1 },
      a: plus({ x: 1 }, slope(from, 1 / 6)),
    }),
    at(middle, { x: plus({ h: 1 }, slope(middle, 1 / 2)), a: plus({ a: 1 }, slope(middle, 1 / 3)) }),
    at(middle, { x: plus({ h: 1 }, slope(middle, 1)), a: plus({ a: 1 }, slope(middle, 1 / 3)) }),
    at(to, { x: plus({ a: 1 }, slope(to, 1 / 6)) }),
  ];
};

/**
 * A Langevin step at the level, then the reverse-diffusion predictor x' = (2 − s/s') x + G² score + G z with
 * G² = s² (σ² − σ'²); the last has no noise (Song et al. 2021, appendix F and G). From σ = ∞ the posterior predicts.
 */
const predictorCorrector: Maker = (from, to, _i, { options: { snr = 0.16 } }) => {
  if (from.sigma === Infinity) return [implicit(1, from, to)];
  const ratio = from.s / to.s;
  // ε = 2 α (r ‖z‖/‖score‖)², α = (s/s')², with E‖z‖ = √(π/2) in the plane.
  const langevin = 2 * ratio ** 2 * (snr * E_NORM) ** 2;
  const corrector = { ...at(from, { x: { x: 1 } }), langevin };
  const G2 = from.std ** 2 - (from.s * to.sigma) ** 2;
  const pull = G2 / from.std ** 2;
  const z = isEnd(to) ? 0 : Math.sqrt(G2);
  return [corrector, at(from, { x: { x: 2 - ratio - pull, d: pull * from.s, z } })];
};

/** x += α score + √(2α) z, α = rate σ², at each level; then x += σ² score without noise (Song & Ermon 2019, 2020). */
const annealedLangevin: Maker = (from, to, _i, { options: { langevinSteps = 100, langevinRate = 0.2 } }) => {
  const one = at(from, {
    x: { x: 1 - langevinRate, d: langevinRate, z: Math.sqrt(2 * langevinRate) * from.sigma },
  });
  const chain = Array.from({ length: langevinSteps }, () => one);
  return isEnd(to) ? [...chain, denoised(from)] : chain;
};

const makers: Readonly<Record<SamplerName, Maker>> = {
  euler,
  heun,
  'edm-stochastic': stochastic,
  ddpm,
  ddim,
  'dpmpp-2m': dpmpp,
  'reverse-sde': reverseSde,
  'pf-ode': rungeKutta,
  'predictor-corrector': predictorCorrector,
  'annealed-langevin': annealedLangevin,
};
