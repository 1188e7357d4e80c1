/** The sessions of the score-matching demo: on a GPU, and where there is none. */
import type { Admit, Create, CreateCpu, Needs } from '@/lab/session';
import { mixtures } from '@/methods/diffusion/data';
import { MOST_COMPONENTS } from '@/methods/diffusion/names';
import { mixtureOfFile } from '@/methods/diffusion/own';
import { bytesOf } from '@/methods/diffusion/particles';
import { pictureBytes } from '@/shaders/draw-particles/painter';
import { SIDE, TRACED } from './chains';
import { kinds, mixtureOf, programOf } from './config';
import { CpuScoreSession } from './cpu';
import type { Params } from './params';
import { ScoreSession } from './session';

export const create: Create<Params, ScoreSession> = async (ctx, params) =>
  ScoreSession.create(ctx, params, await mixtureOf(params, ctx.files));

export const createCpu: CreateCpu<Params, CpuScoreSession> = async (ctx, params) =>
  new CpuScoreSession(ctx, params, await mixtureOf(params, ctx.files));

/** Both runs of chains, which training is small beside; over a learned score, what its layers give for every particle too. */
export const needs: Needs<Params> = ({ device }, params) => {
  const { particles, seed, width, score } = params;
  const K = params.mixture ? MOST_COMPONENTS : mixtures[params.data].length;
  const layers = score === 'learned' ? [4 * particles * width, 4 * particles * width] : [];
  return Promise.resolve(
    kinds.flatMap((kind) => [
      ...bytesOf(device, programOf(kind, params), { particles, seed, K, traced: TRACED }),
      ...[...pictureBytes(particles, SIDE), ...layers],
    ]),
  );
};

export const admit: Admit = async (_param, bytes, { name }) => {
  await mixtureOfFile(bytes, name);
};
