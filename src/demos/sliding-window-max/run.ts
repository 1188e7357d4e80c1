/** The session of the sliding-window maximum demo. */
import type { Create } from '@/lab/session';
import { makeInput } from './input';
import type { Params } from './params';
import { WindowSession } from './session';

export const create: Create<Params, WindowSession> = async (ctx, params, signal) =>
  new WindowSession(ctx, params, await makeInput(ctx.files, params, signal));
