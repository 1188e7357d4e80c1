/** Networks by the names that people call them by, each with the origins that its checkpoints may have. */
import type { Network } from './description';
import { efficientnet, scaled, scalings, type Scaling } from './efficientnet';
import { googlenet } from './googlenet';
import { mobilenetV1 } from './mobilenetV1';
import { mobilenetV2 } from './mobilenetV2';
import { mobilenetV3 } from './mobilenetV3';
import type { Origin } from './names/names';
import { timm, timmTensorflow } from './names/timm';
import * as torchvision from './names/torchvision';
import * as branching from './names/torchvisionBranches';
import { complexities, shufflenetV2 } from './shufflenetV2';
import { squeezenet } from './squeezenet';

export interface Model {
  readonly name: string;
  /** Pixels of a side for which it was made; it takes others too. */
  readonly resolution: number;
  /** The first is taken where a checkpoint's names tell nothing. */
  readonly origins: readonly Origin[];
  readonly build: (classes: number) => Network;
}

const model = (name: string, origins: readonly Origin[], build: Model['build'], resolution = 224): Model => ({
  ...{ name, resolution, origins, build },
});

const { efficientnet: small, efficientnetLarge: large } = torchvision;
/** Of torchvision's, those with TensorFlow's ε. */
const ported: readonly Scaling[] = ['b5', 'b6', 'b7'];

const efficientnets = (Object.keys(scalings) as Scaling[]).flatMap((scaling) => {
  const build = (classes: number): Network => efficientnet(scaling, classes);
  const resolution = scalings[scaling][2];
  return [
    model(`efficientnet-${scaling}`, [timm, ported.includes(scaling) ? large : small], build, resolution),
    model(`tf-efficientnet-${scaling}`, [timmTensorflow], build, resolution),
  ];
});

/** The scale and the pixels of the classifier of signs that ships, and where it lies below the site's root. */
export const shippedSigns = {
  ...{ width: 0.35, depth: 0.5, resolution: 48 },
  path: 'weights/signs-efficientnet.safetensors',
} as const;

/** "" for the whole width. */
const wide = (name: string, width: number): string => (width === 1 ? name : `${name}-x${width}`);

export const models: readonly Model[] = [
  ...[1, 0.75, 0.5, 0.25].map((width) =>
    model(wide('mobilenet-v1', width), [timm], (classes) => mobilenetV1(width, classes)),
  ),
  ...[1, 1.4, 0.75, 0.5, 0.35].map((width) =>
    model(wide('mobilenet-v2', width), [timm, torchvision.mobilenetV2], (classes) =>
      mobilenetV2(width, classes),
    ),
  ),
  ...(['large', 'small'] as const).map((size) =>
    model(`mobilenet-v3-${size}`, [timm, torchvision.mobilenetV3], (classes) =>
      mobilenetV3(size, 1, classes),
    ),
  ),
  ...complexities.map((complexity) =>
    model(`shufflenet-v2-x${complexity}`, [branching.shufflenetV2], (classes) =>
      shufflenetV2(complexity, classes),
    ),
  ),
  ...efficientnets,
  model(
    'efficientnet-signs',
    [timm],
    (classes) => scaled(shippedSigns.width, shippedSigns.depth, classes),
    shippedSigns.resolution,
  ),
  ...(['1.0', '1.1'] as const).map((version) =>
    model(`squeezenet-${version}`, [branching.squeezenet], (classes) => squeezenet(version, classes)),
  ),
  model('googlenet', [branching.googlenet], (classes) => googlenet(classes)),
];

export const modelNamed = (name: string): Model | undefined => models.find((m) => m.name === name);
