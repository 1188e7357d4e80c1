/** A network of the zoo with the reader's weights, with those that ship, or with random ones made from the seed. */
import { LabError } from '@/lib/errors';
import { valuesOf } from '@/lib/tensor';
import { loadNetwork, type Loaded } from '@/models/vision/checkpoint';
import { blocksOf, weightedOf, type Conv, type Network } from '@/models/vision/description';
import { modelNamed, models, shippedSigns, type Model } from '@/models/vision/models';
import { madeFor } from '@/models/vision/untrained';
import type { Context } from '@/lab/session';
import type { Taps } from './filters';
import type { Params } from './params';

const CLASSES = 1000;

type Source = Pick<Context, 'files' | 'shipped'>;

export interface Zoo extends Loaded {
  readonly model: Model;
  readonly from: 'file' | 'site' | 'seed';
}

export function modelOf({ network }: Pick<Params, 'network'>): Model {
  const model = modelNamed(network);
  if (model) return model;
  throw new LabError('input.unknown', { name: network, allowed: models.map(({ name }) => name).join(', ') });
}

/** Throws `checkpoint.network`, `file.format` for weights that are not this network's. */
export async function loadZoo({ files, shipped }: Source, params: Params): Promise<Zoo> {
  const model = modelOf(params);
  const own = files.weights;
  if (own) return { ...loadNetwork(model, own, params.weights?.name ?? 'weights'), model, from: 'file' };
  if (model.name === 'efficientnet-signs') {
    const { path } = shippedSigns;
    return { ...loadNetwork(model, await shipped(path), path), model, from: 'site' };
  }
  const network = model.build(CLASSES);
  const weights = new Map(madeFor(network, params.seed).weights);
  return { network, origin: model.origins[0]!, weights, model, from: 'seed' };
}

/** Depthwise convolutions with a window, in the order in which they run. */
export const depthwisesOf = (network: Network): Conv[] =>
  blocksOf(network)
    .flatMap(({ layers }) => weightedOf(layers))
    .filter(
      (layer): layer is Conv => layer.kind === 'conv' && layer.groups > 1 && layer.groups === layer.inputs,
    )
    .filter(({ kernel, outputs, inputs }) => kernel > 1 && outputs === inputs);

/** All windows of a depthwise layer. */
export function windowsOf({ weights }: Pick<Loaded, 'weights'>, layer: Conv): Taps[] {
  const values = valuesOf(weights.get(layer)!.weight);
  const size = layer.kernel ** 2;
  return Array.from({ length: layer.outputs }, (_, c) => ({
    k: layer.kernel,
    values: [...values.subarray(c * size, (c + 1) * size)],
  }));
}
