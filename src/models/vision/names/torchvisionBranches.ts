/** torchvision's names of networks whose modules have branches: ShuffleNet V2, SqueezeNet, GoogLeNet. */
import { weightedOf, type Network, type Weighted } from '../description';
import type { Place, Places } from './names';
import { origin, pair, type Named } from './torchvision';

/** Places in branches that count their activations, too. */
const shuffleUnit: Readonly<Record<string, readonly [branch: number, layer: number]>> = {
  'left.depthwise': [1, 0],
  'left.expand': [1, 2],
  'right.reduce': [2, 0],
  'right.depthwise': [2, 3],
  'right.expand': [2, 5],
};

const shufflenetV2Places = ({ stem, stages, head }: Network): Places => {
  const [features, classifier] = weightedOf(head.layers);
  return new Map<Weighted, Place>([
    [weightedOf(stem.layers)[0]!, pair('conv1')],
    ...stages.flatMap(({ blocks }) =>
      blocks.flatMap(({ name, layers }) =>
        weightedOf(layers).map((layer): Named => {
          const [branch, at] = shuffleUnit[layer.role]!;
          const prefix = `stage${name}.branch${branch}`;
          return [layer, { layer: `${prefix}.${at}`, norm: `${prefix}.${at + 1}` }];
        }),
      ),
    ),
    [features!, pair('conv5')],
    [classifier!, { layer: 'fc' }],
  ]);
};

/** A convolution, its ReLU, then poolings and fire modules in one count. */
const squeezenetPlaces = ({ stem, stages, head }: Network): Places => {
  const blocks = stages.flatMap((stage) => stage.blocks);
  return new Map<Weighted, Place>([
    [weightedOf(stem.layers)[0]!, { layer: 'features.0' }],
    ...blocks.flatMap(({ layers }, i) =>
      weightedOf(layers).map((layer): Named => [layer, { layer: `features.${i + 2}.${layer.role}` }]),
    ),
    [weightedOf(head.layers)[0]!, { layer: 'classifier.1' }],
  ]);
};

const basic = (prefix: string): Place => ({ layer: `${prefix}.conv`, norm: `${prefix}.bn` });

const googlenetPlaces = ({ stem, stages, head }: Network): Places =>
  new Map<Weighted, Place>([
    ...weightedOf(stem.layers).map((layer): Named => [layer, basic(layer.role)]),
    ...stages.flatMap(({ name, blocks }) =>
      blocks.slice(1).flatMap(({ layers }, i) =>
        weightedOf(layers).map((layer): Named => {
          // The first branch is no sequence.
          const branch = layer.role === '1.0' ? '1' : layer.role;
          return [layer, basic(`inception${name}${'abcde'.charAt(i)}.branch${branch}`)];
        }),
      ),
    ),
    [weightedOf(head.layers)[0]!, { layer: 'fc' }],
  ]);

export const shufflenetV2 = origin(1e-5, shufflenetV2Places);
/** It has no norms. */
export const squeezenet = origin(1e-5, squeezenetPlaces);
export const googlenet = origin(1e-3, googlenetPlaces);
