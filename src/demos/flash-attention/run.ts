/** The sessions of the FlashAttention demo: on a GPU, and where there is none. */
import type { Create, CreateCpu } from '@/lab/session';
import { CpuSession } from './cpu';
import { makeInputs } from './inputs';
import type { Params } from './params';
import { FlashSession } from './session';

export const create: Create<Params, FlashSession> = async (ctx, params, signal) =>
  new FlashSession(ctx, params, await makeInputs(ctx.files, params, signal));

export const createCpu: CreateCpu<Params, CpuSession> = async (ctx, params, signal) =>
  new CpuSession(ctx, params, await makeInputs(ctx.files, params, signal));
