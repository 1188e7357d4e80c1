/** Digit images drawn by the sampler in force: by the U-Net, and over the exact denoiser of a data set, which can only repeat it. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { download } from '@/gpu/transfer';
import { Random } from '@/lib/random';
import { toFloat64, valuesOf } from '@/lib/tensor';
import { attentionDenoiser, nearest, type DataSet } from '@/methods/diffusion/dataSet';
import { levelAt, type Step } from '@/methods/diffusion/samplers';
import { Walk } from '@/methods/diffusion/walk';
import { digitImages } from '@/methods/digits/digits';
import { processOf } from './config';
import type { Params } from './params';
import { errorOf, programFor } from './remember';
import { unetDenoiser } from './unet';

export const SIDE = 16;
const WIDTH = SIDE * SIDE;
/** Images that are drawn. */
export const DRAWN = 40;
/** Images that the exact denoiser knows, made once for all. */
const KNOWN = 1000;
const KNOWN_SEED = 2006;
/** Pictures of the way that are kept for the scrubber. */
const FRAMES = 48;
const FOLLOWED = 2;

export interface Digits extends DataSet {
  readonly labels: Int32Array;
}

/** [count, 256] in [−1, 1]; paper is −1. With a digit, those of it alone. */
export function knownDigits(digit: Params['digit']): Digits {
  const { images, labels } = digitImages(KNOWN, SIDE, new Random(KNOWN_SEED));
  const wanted = [...labels.keys()].filter((i) => digit === 'any' || labels[i] === Number(digit));
  const values = new Float32Array(wanted.length * WIDTH);
  wanted.forEach((from, to) => {
    for (let c = 0; c < WIDTH; c++) values[to * WIDTH + c] = 2 * images[from * WIDTH + c]! - 1;
  });
  return { values, count: wanted.length, width: WIDTH, labels: Int32Array.from(wanted, (i) => labels[i]!) };
}

/** The images on their way, scaled so that noise and paper are seen alike. */
export interface Frame {
  readonly sigma: number;
  /** [DRAWN, 256] */
  readonly images: Float32Array;
}

export interface Drawn {
  readonly frames: readonly Frame[];
  /** Of the last frame's images: which of the known ones is nearest, and its distance over √256. */
  readonly nearest: readonly { readonly index: number; readonly distance: number }[];
}

/** A file of the network's weights. */
export interface Weights {
  readonly weights: Uint8Array<ArrayBuffer>;
  readonly file: string;
}

export interface Repeated extends Drawn {
  /** Of every step of some images, against float64. */
  readonly error: number;
  readonly followed: number;
}

/** Runs a walk and keeps pictures of the way; `report` is told each as it comes. */
export async function watched(
  device: Device,
  walk: Walk,
  params: Params,
  report: (frame: Frame) => void,
  signal: AbortSignal,
): Promise<Frame[]> {
  const { program } = walk;
  const stride = Math.max(1, Math.ceil(program.length / FRAMES));
  const frames: Frame[] = [];
  await walk.run(signal, async (step) => {
    if (step % stride !== 0 && step !== program.length - 1) return;
    const frame = frameOf(params, program[step]!, valuesOf(await download(device, walk.x)));
    frames.push(frame);
    report(frame);
  });
  return frames;
}

function frameOf(params: Params, at: Step, x: ArrayLike<number>): Frame {
  const { s, std } = levelAt(processOf(params), at);
  const scale = 1 / Math.hypot(s, std);
  return { sigma: at.sigma, images: Float32Array.from(x, (value) => scale * value) };
}

export function nearestOf(data: DataSet, images: Float32Array): Drawn['nearest'] {
  return Array.from({ length: images.length / WIDTH }, (_, i) => {
    const found = nearest(data, images.subarray(i * WIDTH, (i + 1) * WIDTH));
    return { index: found.index, distance: found.distance / SIDE };
  });
}

/** What the network draws: the digit asked for, or all of them in turn. */
export async function generateDigits(
  device: Device,
  scope: Scope,
  params: Params,
  weights: Weights,
  report: (frame: Frame) => void,
  signal: AbortSignal,
): Promise<Drawn> {
  const program = programFor(params);
  const labels = Int32Array.from({ length: DRAWN }, (_, i) =>
    params.digit === 'any' ? i % 10 : Number(params.digit),
  );
  const own = scope.child('network');
  try {
    const options = { shape: [DRAWN, SIDE, SIDE, 1], seed: params.seed, traced: 1 };
    const walk = await Walk.create(device, own, program, options, (x) =>
      unetDenoiser(device, own, { ...weights, labels, program }, x),
    );
    const frames = await watched(device, walk, params, report, signal);
    const { images } = frames[frames.length - 1]!;
    return { frames, nearest: nearestOf(knownDigits(params.digit), images) };
  } finally {
    own.close();
  }
}

/** What the exact denoiser of the known digits draws. */
export async function repeatDigits(
  device: Device,
  scope: Scope,
  params: Params,
  report: (frame: Frame) => void,
  signal: AbortSignal,
): Promise<Repeated> {
  const data = knownDigits(params.digit);
  const program = programFor(params);
  const own = scope.child('digits');
  try {
    const options = { shape: [DRAWN, WIDTH], seed: params.seed, traced: FOLLOWED };
    const walk = await Walk.create(device, own, program, options, (x) =>
      attentionDenoiser(device, own, data, x),
    );
    const frames = await watched(device, walk, params, report, signal);
    const trace = toFloat64(await download(device, walk.trace));
    const following = { trace, rows: FOLLOWED, followed: FOLLOWED, program, seed: params.seed };
    const error = await errorOf(following, data, signal);
    return { frames, nearest: nearestOf(data, frames[frames.length - 1]!.images), error, followed: FOLLOWED };
  } finally {
    own.close();
  }
}
