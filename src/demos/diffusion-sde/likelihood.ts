/**
 * The log density of the data at their least noise over the plane, through the probability-flow ODE and in closed form:
 * points, steps and figures, wherever the kernels run.
 */
import type { Kernel } from '@/gpu/kernel';
import type { Params as AnyParams } from '@/lab/schema';
import type { Pool } from '@/lib/pool';
import { tensor, type HostTensor, type HostTensors } from '@/lib/tensor';
import { packed, type Mixture } from '@/methods/diffusion/mixture';
import { COMPONENT } from '@/shaders/lib/mixture';
import { prepared, weigh } from '@/shaders/lib/mixtureOnCpu';
import type { ProbeAttrs } from '@/shaders/lib/probe';
import { FLOW_STEP, flowTable } from '@/shaders/mixture-likelihood/table';
import { processOf, sigmasOf, streams } from './config';
import type { Params } from './params';

/** Runs a kernel where the session runs and gives its outputs. */
export type Compute = <A>(
  kernel: Kernel<A>,
  inputs: HostTensors,
  attrs: A,
  signal: AbortSignal,
) => Promise<Readonly<Record<string, ArrayLike<number>>>>;

/** Pixels along a side where there is no GPU. */
export const CPU_SIDE = 48;
/** The kernels' baselines in a worker. Their first input has a row for each point. */
export const onPool =
  (pool: Pool): Compute =>
  (kernel, inputs, attrs, signal) =>
    pool.compute(kernel.name, inputs, attrs, Object.values(inputs)[0]!.shape[0]!, signal);

/** Flow matching begins at σ = ∞, where a path that is even in ln σ has no end: at this its prior forgets the data too. */
const MOST_SIGMA = 500;
/** What f32 resolves of a step's error. */
export const LEAST_TOLERANCE = 1e-6;
/** Steps that RK45 may try from a point. */
export const MOST_STEPS = 400;

/** Where paths begin and end. */
export function endsOf(params: Params): { readonly sigmaMin: number; readonly sigmaMax: number } {
  const sigmas = sigmasOf(params);
  return { sigmaMin: sigmas.at(-1)!, sigmaMax: Math.min(MOST_SIGMA, sigmas[0]!) };
}

/** s and std of the first level, at which the density is asked for. */
export function firstLevel(params: Params): { readonly s: number; readonly std: number } {
  const process = processOf(params);
  const t = process.timeOf(endsOf(params).sigmaMin);
  return { s: process.s(t), std: process.std(t) };
}

/** The table of so many steps, evenly in ln σ, as `logLikelihood` takes them. */
export function tableOf(params: Params, steps: number): HostTensor {
  const process = processOf(params);
  const { sigmaMin, sigmaMax } = endsOf(params);
  const times = Array.from({ length: steps + 1 }, (_, i) =>
    process.timeOf(sigmaMin * (sigmaMax / sigmaMin) ** (i / steps)),
  );
  return tensor('f32', [steps, FLOW_STEP], flowTable(process, times));
}

export function componentsOf(mixture: Mixture): HostTensor {
  const list = packed(mixture);
  return tensor('f32', [list.length / COMPONENT, COMPONENT], list);
}

export const probeAttrsOf = ({ hutchinson, seed }: Params): ProbeAttrs => ({
  ...{ hutchinson, seed, stream: streams.likelihood },
});

/** Middles of the pixels of a square of 2 half, from the upper left, row by row: [side², 2]. */
export function pixels(side: number, half: number): HostTensor {
  const at = (i: number): number => half * ((2 * i + 1) / side - 1);
  const values = new Float32Array(2 * side * side);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++)
      values.set([at(column), -at(row)], 2 * (row * side + column));
  return tensor('f32', [side * side, 2], values);
}

/** ln p of points at the first level in closed form, float64 rounded once. */
export function exactAt(params: Params, mixture: Mixture, points: HostTensor): Float32Array<ArrayBuffer> {
  const { s, std } = firstLevel(params);
  const list = packed(mixture);
  const level = prepared(list, s, std, false);
  const logs = new Float64Array(list.length / COMPONENT);
  const found = new Float64Array(3);
  return Float32Array.from({ length: points.shape[0]! }, (_, i) => {
    weigh(level, logs, points.data[2 * i]!, points.data[2 * i + 1]!, found);
    return found[2]! - Math.log(2 * Math.PI);
  });
}

/** ln p of a point from where RK45 ended and how ln q of y = x/s changed on the way. */
export function fromEnd(params: Params, [a, b]: readonly [number, number], change: number): number {
  const { sigmaMax } = endsOf(params);
  const prior = -(a * a + b * b) / (2 * sigmaMax ** 2) - Math.log(2 * Math.PI * sigmaMax ** 2);
  return prior - change - 2 * Math.log(firstLevel(params).s);
}

/** What the density follows from, besides the session's own distribution. */
export const likelihoodKey = (params: Params, ...names: readonly (keyof Params)[]): string => {
  const { hutchinson, seed } = params;
  const all: AnyParams = params;
  const own = names.map((name) => all[name]);
  return JSON.stringify([endsOf(params), params.process, hutchinson && seed, hutchinson, ...own]);
};

export const meanDistance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
};
