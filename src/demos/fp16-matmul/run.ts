/** The sessions of the f16 multiplication demo: on a GPU, and where there is none. */
import { problemOf } from '@/gpu/bind';
import { needsOf } from '@/gpu/needs';
import type { Create, CreateCpu, Needs } from '@/lab/session';
import { heatmapBytes } from '@/shaders/draw-heatmap/painter';
import { kernel } from '@/shaders/matmul/kernel';
import { CpuProduct } from './cpu';
import { makeInputs } from './inputs';
import { attrsOf } from './kinds';
import type { Params } from './params';
import { sampledRows } from './product';
import { GpuProduct, SIDE } from './session';

export const create: Create<Params, GpuProduct> = async (ctx, params, signal) =>
  new GpuProduct(ctx, params, await makeInputs(ctx.files, params, signal));

export const createCpu: CreateCpu<Params, CpuProduct> = async (ctx, params, signal) =>
  new CpuProduct(ctx, params, await makeInputs(ctx.files, params, signal));

/** A, B, C, the variant's scratch, the errors and their picture. */
export const needs: Needs<Params> = async ({ device, tuner }, params) => {
  const { m, n, k, storage: dtype, accumulate, variant: asked } = params;
  const inputs = { a: { dtype, shape: [m, k] }, b: { dtype, shape: [k, n] } } as const;
  const problem = problemOf(kernel, inputs, attrsOf(accumulate));
  const variant = asked === 'auto' ? (await tuner.pick(device, kernel, problem)).variant : asked;
  return [...needsOf(device, kernel, problem, variant), ...heatmapBytes([sampledRows({ m, n, k }), n], SIDE)];
};
