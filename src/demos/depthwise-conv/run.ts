/** The sessions of the demo: operators, filters, feature maps and blocks, by what is shown. */
import type { Admit, Context, Create, CreateCpu, Session } from '@/lab/session';
import { decodeImage } from '@/lib/image';
import { inspect } from '@/lib/safetensors';
import { BlockSession } from './blockSession';
import { CpuOperators } from './cpu';
import { FeatureSession } from './featureSession';
import { parseTaps } from './filters';
import { FilterSession } from './filterSession';
import { loadZoo } from './networks';
import type { Params, Show } from './params';
import { pictureOf } from './picture';
import { GpuOperators } from './session';

type Opened = (ctx: Context, params: Params) => Promise<Session<Params>>;

const shown: Readonly<Record<Show, Opened>> = {
  operators: (ctx, params) => Promise.resolve(new GpuOperators(ctx, params)),
  async filters(ctx, params) {
    const image = await pictureOf(ctx.files, params);
    const zoo = params.filter === 'learned' ? await loadZoo(ctx, params) : undefined;
    return new FilterSession(ctx, params, image, zoo);
  },
  async features(ctx, params) {
    const image = await pictureOf(ctx.files, params);
    return new FeatureSession(ctx, params, image, await loadZoo(ctx, params));
  },
  blocks: (ctx, params) => Promise.resolve(new BlockSession(ctx, params)),
};

export const create: Create<Params> = (ctx, params) => shown[params.show](ctx, params);

/** Pictures need a GPU: without one the operators are computed, whatever is shown. */
export const createCpu: CreateCpu<Params> = (ctx, params) => Promise.resolve(new CpuOperators(ctx, params));

export const admit: Admit = async (param, bytes, { name }) => {
  if (param === 'taps') parseTaps(bytes, name);
  if (param === 'image') await decodeImage(bytes, name, 16);
  if (param === 'weights') inspect(bytes, name);
};
