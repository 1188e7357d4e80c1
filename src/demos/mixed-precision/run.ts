/** The sessions of the mixed-precision demo: on a GPU, and where there is none. */
import type { Create, CreateCpu } from '@/lab/session';
import { CpuSession } from './cpu';
import type { Params } from './params';
import { MixedPrecisionSession } from './session';

export const create: Create<Params, MixedPrecisionSession> = (ctx, params, signal) =>
  MixedPrecisionSession.create(ctx, params, signal);

export const createCpu: CreateCpu<Params, CpuSession> = (ctx, params, signal) =>
  CpuSession.create(ctx, params, signal);
