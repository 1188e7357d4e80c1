/** A sampler over a finite data set's exact denoiser, which is attention: run by those kernels, held against float64. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { download } from '@/gpu/transfer';
import type { Context } from '@/lab/session';
import { Random } from '@/lib/random';
import { toFloat64 } from '@/lib/tensor';
import { attentionDenoiser, dataDenoiser, nearest, type DataSet } from '@/methods/diffusion/dataSet';
import { sample, type Mixture } from '@/methods/diffusion/mixture';
import { pointsOfFile } from '@/methods/diffusion/own';
import type { Step } from '@/methods/diffusion/samplers';
import { advanceWide, wideOrigin } from '@/methods/diffusion/trajectory';
import { Walk } from '@/methods/diffusion/walk';
import { normals } from '@/shaders/lib/gauss';
import { programOf } from './config';
import type { Params } from './params';

/** Points that stand for a distribution, where the reader brought none. */
const DRAWN = 160;
const MOST_POINTS = 2048;
const PARTICLES = 400;
const FOLLOWED = 12;
const STREAM = 2 ** 31 + 3;
/** As near as this to one of the data is that one. */
const SAME = 0.02;

export interface Remembered {
  readonly data: DataSet;
  readonly program: readonly Step[];
  /** [steps + 1, particles, 2] */
  readonly trace: Float64Array;
  readonly particles: number;
  /** ‖GPU − float64‖/‖float64‖ over all steps of some particles, each from where the GPU's own began. */
  readonly error: number;
  readonly followed: number;
  /** How many ended on one of the data. */
  readonly ended: number;
}

/** The reader's points, or as many drawn from the distribution. */
export function dataSetOf(
  { mixture: file, seed }: Params,
  mixture: Mixture,
  files: Context['files'],
): DataSet {
  const own = file && files.mixture ? pointsOfFile(files.mixture, file.name) : undefined;
  const points = own ?? sample(mixture, DRAWN, new Random(seed, STREAM));
  const values = Float32Array.from(points.subarray(0, 2 * MOST_POINTS));
  return { values, count: values.length / 2, width: 2 };
}

/** Predictor–corrector is scaled by a mean over all scores, which only the mixture's kernel measures. */
export const programFor = (params: Params): Step[] =>
  programOf({
    ...params,
    'network-error': 0,
    sampler: params.sampler === 'predictor-corrector' ? 'reverse-sde' : params.sampler,
  });

export async function remember(
  device: Device,
  scope: Scope,
  params: Params,
  data: DataSet,
  signal: AbortSignal,
): Promise<Remembered> {
  const program = programFor(params);
  const { seed } = params;
  const own = scope.child('attention');
  try {
    const options = { shape: [PARTICLES, 2], seed, traced: PARTICLES };
    const walk = await Walk.create(device, own, program, options, (x) =>
      attentionDenoiser(device, own, data, x),
    );
    await walk.run(signal);
    const trace = toFloat64(await download(device, walk.trace));
    const following = { trace, rows: PARTICLES, followed: FOLLOWED, program, seed };
    const error = await errorOf(following, data, signal);
    const last = (program.length - 1) * PARTICLES;
    let ended = 0;
    for (let i = 0; i < PARTICLES; i++) {
      const at = 2 * (last + i);
      if (nearest(data, trace.subarray(at, at + 2)).distance < SAME) ended++;
    }
    return { data, program, trace, particles: PARTICLES, error, followed: FOLLOWED, ended };
  } finally {
    own.close();
  }
}

export interface Followed {
  /** [steps + 1, rows, width] */
  readonly trace: Float64Array;
  readonly rows: number;
  /** Of these rows, the first are followed. */
  readonly followed: number;
  readonly program: readonly Step[];
  readonly seed: number;
}

/** ‖GPU − float64‖/‖float64‖ over every step of some particles, each from where the GPU's own began. */
export async function errorOf(
  { trace, rows, followed, program, seed }: Followed,
  data: DataSet,
  signal: AbortSignal,
): Promise<number> {
  const exact = dataDenoiser(data);
  const { width } = data;
  const each = Math.ceil(width / 4);
  let [error, norm] = [0, 0];
  for (let particle = 0; particle < followed; particle++) {
    let [state, first] = [wideOrigin(width), 0];
    for (const [step, { stages }] of program.entries()) {
      const place = (at: number): Float64Array => {
        const from = (at * rows + particle) * width;
        return trace.slice(from, from + width);
      };
      if (step > 0) state = { ...state, x: place(step - 1) };
      state = advanceWide(
        state,
        stages,
        (x, s, std) => exact(x, s, std).mean,
        (stage, c) => normals(particle * each + (c >> 2), seed, stage)[c & 3]!,
        first,
      );
      first += stages.length;
      const found = place(step);
      state.x.forEach((value, c) => {
        error += (value - found[c]!) ** 2;
        norm += value ** 2;
      });
      // A page stays alive meanwhile.
      if (step % 8 === 0) await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
  }
  return Math.sqrt(error / norm);
}

/** How many of the data a particle attends to: e to the entropy of its weights. */
export function attendedTo(weights: Float64Array): number {
  const entropy = weights.reduce((sum, weight) => sum - (weight > 0 ? weight * Math.log(weight) : 0), 0);
  return Math.exp(entropy);
}
