/** The sessions of the sliding-window maximum demo: on a GPU, and where there is none. */
import { problemOf } from '@/gpu/bind';
import { needsOf } from '@/gpu/needs';
import type { Create, CreateCpu, Needs } from '@/lab/session';
import { kernel } from '@/shaders/sliding-window-max/kernel';
import { CpuWindowSession } from './cpu';
import { makeInput, shapeOf } from './input';
import { PICTURE_BYTES } from './paint';
import type { Params } from './params';
import { WindowSession } from './session';

export const create: Create<Params, WindowSession> = async (ctx, params, signal) =>
  new WindowSession(ctx, params, await makeInput(ctx.files, params, signal));

export const createCpu: CreateCpu<Params, CpuWindowSession> = async (ctx, params, signal) =>
  new CpuWindowSession(ctx, params, await makeInput(ctx.files, params, signal));

/** x, y, the variant's scratch and the picture. */
export const needs: Needs<Params> = async ({ device, tuner }, params) => {
  const x = { dtype: params.dtype, shape: shapeOf(params) };
  const problem = problemOf(kernel, { x }, { k: params.k });
  const asked = params.variant;
  const variant = asked === 'auto' ? (await tuner.pick(device, kernel, problem)).variant : asked;
  return [...needsOf(device, kernel, problem, variant), ...PICTURE_BYTES];
};
