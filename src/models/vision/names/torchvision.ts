/** torchvision's names of MobileNet V2, V3 and EfficientNet (torchvision/models/efficientnet.py, mobilenetv2.py, mobilenetv3.py). */
import { weightedOf, type Block, type Network, type Weighted } from '../description';
import type { Origin, Place, Places } from './names';

export type Named = [Weighted, Place];

/** Convolution and norm as the first two of a sequence. */
export const pair = (prefix: string): Place => ({ layer: `${prefix}.0`, norm: `${prefix}.1` });

/** Each part of a block has a number; the two layers of a squeeze-and-excitation share one. */
function numbered(block: Block, name: (part: number, layer: Weighted) => Place): Named[] {
  let part = -1;
  return weightedOf(block.layers).map((layer) => {
    if (layer.role !== 'gate') part++;
    return [layer, name(part, layer)];
  });
}

const squeezes: Readonly<Record<string, string>> = { reduce: 'fc1', gate: 'fc2' };
const inBlock =
  (prefix: string) =>
  (part: number, { role }: Weighted): Place => {
    const squeeze = squeezes[role];
    return squeeze === undefined
      ? pair(`${prefix}.block.${part}`)
      : { layer: `${prefix}.block.${part}.${squeeze}` };
  };

/** What `features` begins and ends with; linear layers are numbered among dropouts and activations. */
function around({ stem, head }: Network, end: number, classifiers: readonly number[]): Named[] {
  const [features, ...last] = weightedOf(head.layers);
  return [
    [weightedOf(stem.layers)[0]!, pair('features.0')],
    [features!, pair(`features.${end}`)],
    ...last.map((layer, i): Named => [layer, { layer: `classifier.${classifiers[i]!}` }]),
  ];
}

const efficientnetPlaces = (network: Network): Places =>
  new Map([
    ...around(network, network.stages.length + 1, [1]),
    ...network.stages.flatMap(({ blocks }, i) =>
      blocks.flatMap((block, j) => numbered(block, inBlock(`features.${i + 1}.${j}`))),
    ),
  ]);

const blocksIn = ({ stages }: Network): Block[] => stages.flatMap(({ blocks }) => blocks);

const mobilenetV3Places = (network: Network): Places => {
  const blocks = blocksIn(network);
  return new Map([
    ...around(network, blocks.length + 1, [0, 3]),
    ...blocks.flatMap((block, i) => numbered(block, inBlock(`features.${i + 1}`))),
  ]);
};

const mobilenetV2Places = (network: Network): Places => {
  const blocks = blocksIn(network);
  return new Map([
    ...around(network, blocks.length + 1, [1]),
    ...blocks.flatMap((block, i) =>
      numbered(block, (part, { role }) => {
        const prefix = `features.${i + 1}.conv`;
        return role === 'project'
          ? { layer: `${prefix}.${part}`, norm: `${prefix}.${part + 1}` }
          : pair(`${prefix}.${part}`);
      }),
    ),
  ]);
};

export const origin = (eps: number, places: Origin['places']): Origin => ({
  ...{ name: 'torchvision', eps, padding: 'symmetric', places },
});

/** B0 to B4, and with TensorFlow's ε B5 to B7, whose weights were ported. */
export const efficientnet = origin(1e-5, efficientnetPlaces);
export const efficientnetLarge = origin(1e-3, efficientnetPlaces);
export const mobilenetV2 = origin(1e-5, mobilenetV2Places);
export const mobilenetV3 = origin(1e-3, mobilenetV3Places);
