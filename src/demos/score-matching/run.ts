/** The sessions of the score-matching demo: on a GPU, and where there is none. */
import type { Admit, Create } from '@/lab/session';
import { mixtureOfFile } from '@/methods/diffusion/own';
import { mixtureOf } from './config';
import type { Params } from './params';
import { ScoreSession } from './session';

export const create: Create<Params, ScoreSession> = async (ctx, params) =>
  ScoreSession.create(ctx, params, await mixtureOf(params, ctx.files));

export const admit: Admit = async (_param, bytes, { name }) => {
  await mixtureOfFile(bytes, name);
};
