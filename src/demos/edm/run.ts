/** The sessions of the EDM demo: on a GPU, and where there is none. */
import type { Create, CreateCpu, Needs } from '@/lab/session';
import { mixtures } from '@/methods/diffusion/data';
import { bytesOf } from '@/methods/diffusion/particles';
import { programOf } from './config';
import { CpuEdmSession } from './cpu';
import { PICTURE_BYTES } from './paint';
import type { Params } from './params';
import { EdmSession } from './session';

export const create: Create<Params, EdmSession> = (ctx, params) =>
  Promise.resolve(new EdmSession(ctx, params));

export const createCpu: CreateCpu<Params, CpuEdmSession> = (ctx, params) =>
  Promise.resolve(new CpuEdmSession(ctx, params));

/** The state and what is kept of it at every step, and the picture. A file's mixture has other components, all small. */
export const needs: Needs<Params> = ({ device }, params) => {
  const { particles, seed } = params;
  const K = mixtures[params.data].length;
  const run = bytesOf(device, programOf(params), { particles, seed, K });
  return Promise.resolve([...run, 8 * particles, ...PICTURE_BYTES]);
};
