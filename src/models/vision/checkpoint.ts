/** A checkpoint of a network: whose names it has, whether every tensor is there, and its weights without batch norms. */
import { LabError } from '@/lib/errors';
import { inspect, load, type SafetensorsFile } from '@/lib/safetensors';
import { toFloat64, type HostTensor } from '@/lib/tensor';
import { blocksOf, weightedOf, type Network, type Weighted } from './description';
import { difference } from './difference';
import { fold, type Folded } from './fold';
import type { Model } from './models';
import { tensorsOf, weightShape, type Origin, type Places } from './names/names';

export interface Loaded {
  readonly network: Network;
  readonly origin: Origin;
  readonly weights: ReadonlyMap<Weighted, Folded>;
}

/** The origin most of whose names the file has. */
function originOf({ origins, build }: Model, { tensors }: SafetensorsFile): Origin {
  const network = build(1);
  const found = origins.map((origin) => {
    const names = tensorsOf(network, origin.places(network));
    return { origin, count: names.filter(({ name }) => tensors.has(name)).length };
  });
  return found.reduce((best, other) => (other.count > best.count ? other : best)).origin;
}

/** As many as the last layer has. */
function classesOf({ build }: Model, origin: Origin, { tensors }: SafetensorsFile): number {
  const network = build(1);
  const last = weightedOf(network.head.layers).at(-1)!;
  const { layer } = origin.places(network).get(last)!;
  return tensors.get(`${layer}.weight`)?.shape[0] ?? 1000;
}

/** Throws `checkpoint.network` with what is missing, too much or of another shape. */
export function loadNetwork(model: Model, bytes: Uint8Array, file: string): Loaded {
  const found = inspect(bytes, file);
  const origin = originOf(model, found);
  const network = model.build(classesOf(model, origin, found));
  const places = origin.places(network);
  const reason = difference(tensorsOf(network, places), found);
  if (reason)
    throw new LabError('checkpoint.network', { file, network: model.name, origin: origin.name, reason });
  const read = (name: string): HostTensor => load(bytes, name, found.tensors.get(name)!, file);
  const weights = blocksOf(network)
    .flatMap(({ layers }) => weightedOf(layers))
    .map((layer) => [layer, foldedOf(layer, places, origin.eps, read)] as const);
  return { network, origin, weights: new Map(weights) };
}

function foldedOf(layer: Weighted, places: Places, eps: number, read: (name: string) => HostTensor): Folded {
  const place = places.get(layer)!;
  const values = (prefix: string, part: string): Float64Array => toFloat64(read(`${prefix}.${part}`));
  const { norm } = place;
  const [outputs, inputs, height = 1, width = 1] = weightShape(layer) as [number, number, number?, number?];
  return fold(
    [outputs, inputs, height, width],
    values(place.layer, 'weight'),
    norm === undefined
      ? { bias: values(place.layer, 'bias') }
      : {
          eps,
          gamma: values(norm, 'weight'),
          beta: values(norm, 'bias'),
          mean: values(norm, 'running_mean'),
          variance: values(norm, 'running_var'),
        },
  );
}
