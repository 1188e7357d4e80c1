/** The sessions of the sliding-window maximum demo: on a GPU, and where there is none. */
import type { Create, CreateCpu } from '@/lab/session';
import { CpuWindowSession } from './cpu';
import { makeInput } from './input';
import type { Params } from './params';
import { WindowSession } from './session';

export const create: Create<Params, WindowSession> = async (ctx, params, signal) =>
  new WindowSession(ctx, params, await makeInput(ctx.files, params, signal));

export const createCpu: CreateCpu<Params, CpuWindowSession> = async (ctx, params, signal) =>
  new CpuWindowSession(ctx, params, await makeInput(ctx.files, params, signal));
