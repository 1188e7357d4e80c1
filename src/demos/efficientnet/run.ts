/** The sessions of the EfficientNet demo: on a GPU, and where there is none. */
import type { Admit, Create, CreateCpu } from '@/lab/session';
import { decodeImage } from '@/lib/image';
import { efficientnetIn } from './checkpoint';
import { CpuEfficientNetSession } from './cpu';
import type { Params } from './params';
import { EfficientNetSession } from './session';

export const create: Create<Params, EfficientNetSession> = (ctx, params) =>
  Promise.resolve(new EfficientNetSession(ctx, params));

export const createCpu: CreateCpu<Params, CpuEfficientNetSession> = (ctx, params) =>
  Promise.resolve(new CpuEfficientNetSession(ctx, params));

export { needs } from './needs';

export const admit: Admit = async (param, bytes, { name }) => {
  if (param === 'weights') efficientnetIn(bytes, name, false);
  else await decodeImage(bytes, name);
};
