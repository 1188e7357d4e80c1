/** The sessions of the FlashAttention demo: on a GPU, and where there is none. */
import { problemOf } from '@/gpu/bind';
import { needsOf } from '@/gpu/needs';
import type { Create, CreateCpu, Needs } from '@/lab/session';
import { byteLength } from '@/lib/tensor';
import { kernel } from '@/shaders/attention/kernel';
import { CpuSession } from './cpu';
import { attrsOf, makeInputs, specsOf } from './inputs';
import type { Params } from './params';
import { PIXEL_BYTES } from './pattern';
import { FlashSession } from './session';

export const create: Create<Params, FlashSession> = async (ctx, params, signal) =>
  new FlashSession(ctx, params, await makeInputs(ctx.files, params, signal));

export const createCpu: CreateCpu<Params, CpuSession> = async (ctx, params, signal) =>
  new CpuSession(ctx, params, await makeInputs(ctx.files, params, signal));

/** The tensors, the variant's scratch, the picture, and lse once more where it is read back. */
export const needs: Needs<Params> = async ({ device, tuner }, params) => {
  const problem = problemOf(kernel, specsOf(params), attrsOf(params));
  const asked = params.variant;
  const variant = asked === 'auto' ? (await tuner.pick(device, kernel, problem)).variant : asked;
  return [...needsOf(device, kernel, problem, variant), PIXEL_BYTES, byteLength(problem.outputs.lse!)];
};
