/** Which network classifies, what its classes are called, and which picture it is shown. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import type { Context } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { decodeImage } from '@/lib/image';
import { Random } from '@/lib/random';
import type { HostTensor } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import { signs } from '@/methods/signs/shapes';
import { signImages } from '@/methods/signs/signs';
import { pictureOf } from '@/models/vision/picture';
import { efficientnetIn } from './checkpoint';
import { Classifier, type Seen, type View } from './classify';
import { SIGNS, type Params } from './params';

/** The weights that the site ships, and what their record says of them. */
export interface Shipped {
  readonly weights: Uint8Array<ArrayBuffer>;
  readonly file: string;
  readonly resolution: number;
}

export interface About {
  /** "efficientnet-b0". */
  readonly network: Text;
  /** Of each class. */
  readonly names: readonly Text[];
  /** It is the network of signs that the site ships. */
  readonly isShipped: boolean;
}

export interface Recogniser {
  readonly classifier: Classifier;
  readonly view: View;
  readonly about: About;
}

export interface Recognised extends Seen, About {}

/** ImageNet's evaluation keeps so much of the shorter side. */
const CROP = 0.875;
/** None that a training takes: see scripts/signs/heldOut.ts, whose images are of another stream. */
const SIGN_SEED = 1_000_003;

export async function recogniserOf(
  device: Device,
  scope: Scope,
  params: Params,
  files: Context['files'],
  shipped: Shipped | undefined,
): Promise<Recogniser> {
  const own = files.weights;
  const bytes = own ?? shipped?.weights;
  if (!bytes)
    throw new LabError('usage', {
      what: {
        en: 'there are no weights here: open a checkpoint of an EfficientNet as “Your EfficientNet”',
        zh: '这里没有权重：请在“自己的 EfficientNet”中打开一个检查点',
      },
    });
  const file = own ? (params.weights?.name ?? 'weights') : shipped!.file;
  const found = efficientnetIn(bytes, file, own !== undefined && params.tensorflow);
  const crop = own ? (found.resolution ?? 224) : shipped!.resolution;
  const view = { crop, resize: own ? Math.round(crop / CROP) : crop };
  const classifier = await Classifier.create(device, scope, found, view);
  const names = await namesOf(found.network.classes);
  return { classifier, view, about: { network: found.name, names, isShipped: own === undefined } };
}

async function namesOf(classes: number): Promise<readonly Text[]> {
  if (classes === signs.length) return signs.map(({ name }) => name);
  if (classes === 1000) {
    const { classNames } = await import('@/models/vision/imagenet');
    return classNames.map((name) => ({ en: name, zh: name }));
  }
  return Array.from({ length: classes }, (_, i) => ({ en: `class ${i}`, zh: `类别 ${i}` }));
}

/** The reader's image, or one of the made ones. */
export async function pictureFor(
  { image, sign }: Pick<Params, 'image' | 'sign'>,
  files: Context['files'],
  size: number,
): Promise<HostTensor> {
  if (files.image) return pictureOf(await decodeImage(files.image, image?.name));
  return signPicture(sign, size).picture;
}

/** Made image `number` of those offered, from 1, and the class that it shows. */
export function signPicture(
  number: number,
  size: number,
): { readonly picture: HostTensor; readonly label: number } {
  const { images, labels } = signImages(SIGNS, size, new Random(SIGN_SEED, 2));
  const each = 3 * size * size;
  const own = images.subarray((number - 1) * each, number * each);
  const words = new Uint32Array(size * size);
  const byte = (value: number): number => Math.round(255 * Math.min(1, Math.max(0, value)));
  for (let i = 0; i < words.length; i++)
    words[i] =
      (0xff000000 | (byte(own[3 * i + 2]!) << 16) | (byte(own[3 * i + 1]!) << 8) | byte(own[3 * i]!)) >>> 0;
  return { picture: { dtype: 'u32', shape: [size, size], data: words }, label: labels[number - 1]! };
}
