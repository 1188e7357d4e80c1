/** The sessions of the EDM demo: on a GPU, and where there is none. */
import type { Admit, Create, CreateCpu, Needs } from '@/lab/session';
import { mixtures } from '@/methods/diffusion/data';
import { MOST_COMPONENTS } from '@/methods/diffusion/names';
import { mixtureOfFile } from '@/methods/diffusion/own';
import { bytesOf } from '@/methods/diffusion/particles';
import { pictureBytes } from '@/shaders/draw-particles/painter';
import { mixtureOf, programOf } from './config';
import { CpuEdmSession } from './cpu';
import type { Params } from './params';
import { EdmSession, SIDE } from './session';

export const create: Create<Params, EdmSession> = async (ctx, params) =>
  new EdmSession(ctx, params, await mixtureOf(params, ctx.files));

export const createCpu: CreateCpu<Params, CpuEdmSession> = async (ctx, params) =>
  new CpuEdmSession(ctx, params, await mixtureOf(params, ctx.files));

export const admit: Admit = async (_param, bytes, { name }) => {
  await mixtureOfFile(bytes, name);
};

/** The state and what is kept of it at every step, and the picture. A file's mixture may have as many components as there may be. */
export const needs: Needs<Params> = ({ device }, params) => {
  const { particles, seed } = params;
  const K = params.mixture ? MOST_COMPONENTS : mixtures[params.data].length;
  const run = bytesOf(device, programOf(params), { particles, seed, K });
  return Promise.resolve([...run, ...pictureBytes(particles, SIDE)]);
};
