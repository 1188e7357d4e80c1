/** Figures of the papers and their code, and that the pieces agree with each other. */
import { describe, expect, test } from 'vitest';
import { Random } from '@/lib/random';
import { levelsOf, scheduleNames } from './levels';
import { component, denoise, denoiserOf } from './mixture';
import { combinationOf, convert, outputFrom, parameterisations } from './parameterisation';
import { preconditionings } from './preconditioning';
import { processesOf, processNames, samplerNames } from './names';
import { cosine, diffusion2, processes, subVp, veGeometric, vp, type Process } from './process';
import { evaluations, steps } from './samplers';
import {
  alphaBars,
  ddpmBetas,
  ddpmSigmas,
  edmSigmas,
  flowSigmas,
  geometricSigmas,
  iddpmLevels,
  vpSigmas,
} from './schedules';
import { advance, origin, type Denoiser } from './trajectory';

const close = (got: number, wanted: number, relative = 1e-6): void => {
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(relative * Math.abs(wanted));
};

describe('schedules', () => {
  test('EDM, N = 18', () => {
    const wanted = [
      80, 57.585985, 40.785574, 28.374585, 19.352453, 12.910082, 8.400935, 5.315195, 3.256822, 1.92334,
      1.088171, 0.585348, 0.296442, 0.139516, 0.059947, 0.022935, 0.007528, 0.002,
    ];
    const got = edmSigmas(18, { sigmaMin: 0.002, sigmaMax: 80 });
    got.forEach((sigma, i) => expect(Math.abs(sigma - wanted[i]!)).toBeLessThan(6e-7));
  });

  test('VP: σ(1), σ(1e-3) and both ends of its schedule', () => {
    close(vp().sigma(1), 152.16697, 1e-7);
    close(vp().sigma(1e-3), 0.010485993, 1e-7);
    const levels = vpSigmas(10);
    close(levels[0]!, 152.16697, 1e-7);
    close(levels[9]!, 0.010485993, 1e-7);
    close(vp().s(1), 0.0065716, 1e-5);
    close(vp().std(1), 0.9999784, 1e-7);
    // β_d = 19.1, which the code of the ablation hard-codes, is another process.
    close(vp({ betaD: 19.1 }).sigma(1), 124.58, 1e-4);
  });

  test('iDDPM: u_j', () => {
    const u = iddpmLevels();
    close(u[0]!, 20291.17, 1e-6);
    close(u[8]!, 80.2037, 1e-6);
    close(u[999]!, 0.0064254, 1e-5);
    expect(u[1000]).toBe(0);
  });

  test('DDPM: ᾱ and the largest σ', () => {
    const bars = alphaBars(ddpmBetas());
    close(bars[1]!, 0.9999, 1e-12);
    close(bars[500]!, 0.07858724, 1e-7);
    close(bars[1000]!, 4.0358298e-5, 1e-7);
    close(ddpmSigmas(1000)[0]!, 157.407, 3e-6);
    close(ddpmSigmas(1000)[999]!, Math.sqrt(0.0001 / 0.9999), 1e-9);
  });

  test('NCSN: ten levels by the factor 0.599484, steps from 0.2 to 2e-5', () => {
    const levels = geometricSigmas(10, { sigmaMin: 0.01, sigmaMax: 1 });
    close(levels[1]! / levels[0]!, 0.599484, 1e-6);
    const alpha = levels.map((sigma) => (2e-5 * sigma ** 2) / levels[9]! ** 2);
    close(alpha[0]!, 0.2);
    close(alpha[9]!, 2e-5);
  });

  test('every schedule falls, on every process, and only flow matching begins at ∞', () => {
    for (const process of processNames) {
      for (const schedule of scheduleNames) {
        const levels = levelsOf(schedule, 300, {}, process);
        expect(levels).toHaveLength(300);
        const times = levels.map(processes[process]().timeOf);
        expect(times.every((t, i) => t > 0 && Number.isFinite(t) && (i === 0 || t < times[i - 1]!))).toBe(
          true,
        );
        expect(levels[0] === Infinity).toBe(process === 'flow' && schedule === 'flow');
      }
    }
  });

  test('flow matching begins at σ = ∞ and t is even', () => {
    const levels = flowSigmas(4);
    expect(levels[0]).toBe(Infinity);
    levels.map(processes.flow().timeOf).forEach((t, i) => expect(t).toBeCloseTo(1 - i / 4, 12));
    expect(processes.flow().timeOf(flowSigmas(4, 3)[2]!)).toBeCloseTo(1.5 / 2, 12);
  });
});

describe('processes', () => {
  const all: readonly Process[] = [...processNames.map((name) => processes[name]()), cosine(), veGeometric()];
  test.each(all.map((process) => [process.name, process] as const))(
    '%s: derivatives and inverse',
    (_, process) => {
      const times = process.T <= 1 ? [0.01, 0.3, 0.7, 0.95] : [0.01, 0.5, 3, 40];
      for (const t of times) {
        const step = 1e-5 * t;
        const slope = (of: (t: number) => number): number => (of(t + step) - of(t - step)) / (2 * step);
        const { s, sigma, std } = process;
        close(process.std(t), s(t) * sigma(t), 1e-9);
        close(process.timeOf(sigma(t)), t, 1e-9);
        if (process.drift(t) !== 0)
          close(
            process.drift(t),
            slope((u) => Math.log(s(u))),
            1e-5,
          );
        close(
          process.rate(t),
          slope((u) => Math.log(std(u))),
          1e-5,
        );
        close(process.pull(t), s(t) * slope((u) => Math.log(sigma(u))), 1e-5);
      }
    },
  );

  test('g² of each as its paper has it', () => {
    const t = 0.4;
    const beta = 0.1 + 19.9 * t;
    const integral = 0.1 * t + 0.5 * 19.9 * t * t;
    close(diffusion2(vp(), t), beta, 1e-12);
    close(diffusion2(subVp(), t), beta * (1 - Math.exp(-2 * integral)), 1e-12);
    close(diffusion2(veGeometric(), t), veGeometric().sigma(t) ** 2 * 2 * Math.log(5000), 1e-12);
    close(diffusion2(processes.flow(), t), (2 * t) / (1 - t), 1e-12);
    close(diffusion2(processes.edm(), 3), 6, 1e-12);
    close(subVp().std(1), 1 - vp().s(1) ** 2, 1e-12);
  });
});

describe('parameterisations', () => {
  test('any two convert into each other and back', () => {
    const random = new Random(3);
    for (let trial = 0; trial < 50; trial++) {
      const at = { x: 3 * random.normal(), s: 0.05 + random.uniform(), std: 0.05 + random.uniform() };
      for (const from of parameterisations) {
        for (const to of parameterisations) {
          const value = random.normal();
          expect(convert(convert(value, from, to, at), to, from, at)).toBeCloseTo(value, 9);
        }
      }
    }
  });

  test('they are what their names say of x₀ and n', () => {
    const [x0, n, s, std] = [0.7, -1.3, 0.6, 0.8];
    const x = s * x0 + std * n;
    const read = (kind: (typeof parameterisations)[number]) => outputFrom(combinationOf(kind, s, std), x0, x);
    expect(read('eps')).toBeCloseTo(n, 12);
    expect(read('v')).toBeCloseTo(s * n - std * x0, 12);
    expect(read('flow')).toBeCloseTo(n - x0, 12);
    expect(read('score')).toBeCloseTo(-n / std, 12);
  });

  test('flow’s preconditioning is its velocity', () => {
    const { cSkip, cOut } = preconditionings.flow();
    const [x0, n, t] = [0.7, -1.3, 0.3];
    const sigma = t / (1 - t);
    const y = x0 + sigma * n;
    expect((x0 - cSkip(sigma) * y) / cOut(sigma)).toBeCloseTo(n - x0, 12);
  });

  test('EDM’s weight makes the effective weight of F one', () => {
    const { weight, cOut } = preconditionings.edm();
    for (const sigma of [0.01, 0.5, 30]) expect(weight(sigma) * cOut(sigma) ** 2).toBeCloseTo(1, 12);
  });
});

const mixture = [
  component(0.3, [-1.2, 0.4], 0.09, 0.05, 0.05),
  component(0.6, [1, 1], 0.04, 0, 0.01),
  component(0.1, [0.5, -1.5], 0.02, -0.01, 0.08),
];
const denoiser: Denoiser = denoiserOf(mixture);

describe('mixture', () => {
  test('score, denoiser and density agree', () => {
    for (const [s, std] of [
      [1, 0.3],
      [0.4, 0.9],
      [1, 20],
      [0.9, 0.01],
    ] as const) {
      const [x, y] = [0.4, -0.3];
      const { mean, score } = denoise(mixture, [x, y], s, std);
      const step = 1e-5;
      const slope = (dx: number, dy: number): number =>
        (denoise(mixture, [x + dx, y + dy], s, std).logp - denoise(mixture, [x - dx, y - dy], s, std).logp) /
        (2 * step);
      close(score[0], slope(step, 0), 1e-5);
      close(score[1], slope(0, step), 1e-5);
      close((s * mean[0] - x) / std ** 2, score[0], 1e-9);
      close(denoiser([x, y], s, std)[0], mean[0], 1e-12);
      close(denoiser([x, y], s, std)[1], mean[1], 1e-12);
    }
  });

  test('a flat covariance has an eigenvalue of exactly 0', () => {
    expect(component(1, [0, 0], 1, 1, 1).lambda[1]).toBe(0);
    expect(component(1, [0, 0], 0, 0, 0).lambda).toEqual([0, 0]);
  });
});

const bounds = { sigmaMin: 0.002, sigmaMax: 80 };

/** End of the trajectory from one starting noise, through all levels but the last 0. */
function run(
  process: Process,
  sampler: (typeof samplerNames)[number],
  sigmas: readonly number[],
  whole = false,
) {
  const program = steps(process, sampler, sigmas);
  const random = new Random(5);
  const first: [number, number] = [random.normal(), random.normal()];
  const kept = whole ? program : program.slice(0, -1);
  return advance(
    origin,
    kept.flatMap(({ stages }) => stages),
    denoiser,
    (stage) => (stage === 0 ? first : [random.normal(), random.normal()]),
  ).x;
}

describe('samplers', () => {
  test('NFE = 2N − 1 for Heun: 18 → 35, 40 → 79, 256 → 511', () => {
    for (const [N, nfe] of [
      [18, 35],
      [40, 79],
      [256, 511],
    ] as const) {
      expect(evaluations(steps(processes.edm(), 'heun', edmSigmas(N, bounds)))).toBe(nfe);
    }
  });

  test.each([
    ['euler', 1, 0.2],
    ['ddim', 1, 0.2],
    ['heun', 2, 0.3],
    ['dpmpp-2m', 2, 0.4],
    ['pf-ode', 4, 0.6],
  ] as const)('%s has order %d', (sampler, order, tolerance) => {
    const process = processes.edm();
    const exact = run(process, 'pf-ode', edmSigmas(4001, bounds));
    const error = (N: number): number => {
      const [x, y] = run(process, sampler, edmSigmas(N, bounds));
      return Math.hypot(x - exact[0], y - exact[1]);
    };
    const [coarse, fine] = order > 2 ? [101, 201] : [401, 801];
    const fitted = Math.log(error(coarse) / error(fine)) / Math.log((fine - 1) / (coarse - 1));
    expect(Math.abs(fitted - order)).toBeLessThan(tolerance);
  });

  test('DDIM with η = 0 is Euler in (x/s, σ)', () => {
    for (const name of processNames) {
      const process = processes[name]();
      const sigmas = edmSigmas(30, { sigmaMin: 0.01, sigmaMax: 50 });
      // In y = x/s every process is EDM's.
      const [x, y] = run(process, 'ddim', sigmas, true);
      const scale = (process.s(process.timeOf(50)) * 50) / process.std(process.timeOf(50));
      const [p, q] = run(processes.edm(), 'euler', sigmas, true);
      close(x * scale, p, 1e-9);
      close(y * scale, q, 1e-9);
    }
  });

  test('flow matching from t = 1 follows dx/dt = v, and its end is EDM’s on the same noise', () => {
    const sigmas = flowSigmas(50);
    const [x, y] = run(processes.flow(), 'euler', sigmas, true);
    const random = new Random(5);
    let at: [number, number] = [random.normal(), random.normal()];
    for (let i = 0; i < 50; i++) {
      const t = 1 - i / 50;
      const d = denoiser(at, 1 - t, t);
      at = [at[0] - (at[0] - d[0]) / t / 50, at[1] - (at[1] - d[1]) / t / 50];
    }
    close(x, at[0], 1e-9);
    close(y, at[1], 1e-9);
    // Euler in t on the straight path is Euler in (x/s, σ).
    const [p, q] = run(processes.flow(), 'ddim', sigmas, true);
    close(x, p, 1e-9);
    close(y, q, 1e-9);
  });

  test('every pair that is offered brings points to the data, from the first level to 0', () => {
    for (const name of processNames) {
      const process = processes[name]();
      const sigmas =
        name === 'flow'
          ? flowSigmas(60)
          : name === 'ddpm'
            ? ddpmSigmas(100)
            : name === 've'
              ? geometricSigmas(60, { sigmaMin: 0.02, sigmaMax: 100 })
              : name === 'edm'
                ? edmSigmas(60, bounds)
                : vpSigmas(60, 1e-3, process);
      for (const sampler of samplerNames) {
        if (processesOf(sampler)?.includes(name) === false) continue;
        const program = steps(process, sampler, sigmas).map((step) => ({
          ...step,
          stages: step.stages.map((stage) => ({ ...stage })),
        }));
        expect(program[program.length - 1]).toMatchObject({ t: 0, sigma: 0 });
        const random = new Random(11);
        let far = 0;
        for (let particle = 0; particle < 30; particle++) {
          let state = origin;
          let first = 0;
          for (const { stages } of program) {
            for (const stage of stages) {
              state = advance(
                state,
                [stage],
                denoiser,
                () => [random.normal(), random.normal()],
                first++,
                // About what ‖score‖ is at that level.
                Math.sqrt(Math.PI / 2) / stage.std,
              );
            }
          }
          far = Math.max(far, Math.hypot(...state.x));
        }
        expect(far, `${name} ${sampler}`).toBeLessThan(3.2);
      }
    }
  });
});
