/** The session of the mixed-precision demo. */
import type { Create } from '@/lab/session';
import type { Params } from './params';
import { MixedPrecisionSession } from './session';

export const create: Create<Params, MixedPrecisionSession> = (ctx, params, signal) =>
  MixedPrecisionSession.create(ctx, params, signal);
