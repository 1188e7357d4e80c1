/** The sessions of the demo: on a GPU, and where there is none. */
import type { Admit, Create, CreateCpu, Needs } from '@/lab/session';
import { mixtures } from '@/methods/diffusion/data';
import { MOST_COMPONENTS } from '@/methods/diffusion/names';
import { mixtureOfFile } from '@/methods/diffusion/own';
import { bytesOf } from '@/methods/diffusion/particles';
import { heatmapBytes } from '@/shaders/draw-heatmap/painter';
import { pictureBytes } from '@/shaders/draw-particles/painter';
import { mixtureOf, programsOf } from './config';
import { CpuSdeSession } from './cpu';
import { GpuSdeSession, MAP_SIDE, SIDE, TRACED } from './gpu';
import { kinds } from './kinds';
import type { Params } from './params';

export const create: Create<Params, GpuSdeSession> = async (ctx, params) =>
  new GpuSdeSession(ctx, params, await mixtureOf(params, ctx.files));

export const createCpu: CreateCpu<Params, CpuSdeSession> = async (ctx, params) =>
  new CpuSdeSession(ctx, params, await mixtureOf(params, ctx.files));

export const admit: Admit = async (_param, bytes, { name }) => {
  await mixtureOfFile(bytes, name);
};

/** Each run's state, what is kept of it, and its picture. A file's mixture may have as many components as there may be. */
export const needs: Needs<Params> = ({ device }, params) => {
  const { particles, seed } = params;
  const K = params.mixture ? MOST_COMPONENTS : mixtures[params.data].length;
  const programs = programsOf(params);
  const side = MAP_SIDE[device.caps.adapterKind];
  return Promise.resolve([
    ...kinds.flatMap((kind) => [
      ...bytesOf(device, programs[kind], { particles, seed, K, traced: TRACED }),
      ...pictureBytes(particles, SIDE),
    ]),
    ...heatmapBytes([side, side], SIDE),
  ]);
};
