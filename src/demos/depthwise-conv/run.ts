/** The sessions of the demo: operators, filters, feature maps and blocks, by what is shown. */
import type { Create, CreateCpu } from '@/lab/session';
import { CpuOperators } from './cpu';
import type { Params } from './params';
import { GpuOperators } from './session';

export const create: Create<Params> = (ctx, params) => Promise.resolve(new GpuOperators(ctx, params));

export const createCpu: CreateCpu<Params> = (ctx, params) => Promise.resolve(new CpuOperators(ctx, params));
