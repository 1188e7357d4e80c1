/**
 * From a picture to what an image classifier takes: the shorter side is scaled to `resize`, the middle `crop` × `crop`
 * pixels are kept, and y = (rgb/255 − mean)/std. Scaling weighs pixels by a triangle as wide as the larger grid's step,
 * as Pillow's bilinear filter does (so torchvision's transforms on its images, up to their rounding to bytes): an image
 * that grows is interpolated, one that shrinks is averaged. Sizes and the crop's place are torchvision's.
 */
import type { Attribute } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import type { Specs } from '@/lib/tensor';
import { given, givenLike, wrongShape } from '@/shaders/lib/flat';

export interface ImageNormalizeAttrs {
  readonly resize: number;
  readonly crop: number;
  readonly dtype: 'f32' | 'f16';
}

/** 2·from·to has to stay an i32. */
const LARGEST = 16384;
const size = { kind: 'number', integer: true, min: 1, max: 4096 } as const;

export const imageNormalizeAttrs: Readonly<Record<keyof ImageNormalizeAttrs, Attribute>> = {
  resize: { ...size, default: 256 },
  crop: { ...size, default: 224 },
  dtype: { kind: 'choice', default: 'f32', options: ['f32', 'f16'] },
};

export interface PictureAxis {
  /** Pixels of the picture, and of the scaled one. */
  readonly from: number;
  readonly to: number;
  /** Scaled pixels left out before the crop. */
  readonly before: number;
}

export interface PictureDims {
  readonly down: PictureAxis;
  readonly across: PictureAxis;
}

/** A half goes to the even neighbour, as Python rounds. */
function halfEven(x: number): number {
  const low = Math.floor(x);
  return x - low === 0.5 ? low + (low % 2) : Math.round(x);
}

export function dims(inputs: Specs, { resize, crop }: ImageNormalizeAttrs): PictureDims {
  const { shape } = given(inputs, 'pixels');
  if (shape.length !== 2)
    throw wrongShape('pixels', shape, {
      en: '[H, W], a word of rgba8 each, red in the lowest byte',
      zh: '[H, W]，每个像素一个 rgba8 字，红色在最低字节',
    });
  const [H, W] = shape as [number, number];
  givenLike(inputs, 'mean', 'red, green and blue', [3]);
  givenLike(inputs, 'std', 'red, green and blue', [3]);
  if (crop > resize)
    throw new LabError('attr.value', {
      name: 'crop',
      got: crop,
      allowed: { en: `up to resize, ${resize}`, zh: `不超过 resize，即 ${resize}` },
    });
  const short = Math.min(H, W);
  const axis = (from: number): PictureAxis => {
    const to = from === short ? resize : Math.floor((resize * from) / short);
    return { from, to, before: halfEven((to - crop) / 2) };
  };
  const [down, across] = [axis(H), axis(W)];
  if (Math.max(H, W, down.to, across.to) > LARGEST)
    throw wrongShape('pixels', shape, {
      en: `sides up to ${LARGEST}, scaled too`,
      zh: `边长（包括缩放后）不超过 ${LARGEST}`,
    });
  return { down, across };
}

/** Pixels that go into scaled pixel `before + i`, with weights in whole numbers. */
export function tapsOf({ from, to, before }: PictureAxis, i: number): { pixel: number; weight: number }[] {
  const centre = (2 * (i + before) + 1) * from;
  const reach = 2 * Math.max(from, to);
  const first = Math.max(0, Math.floor((centre - reach) / (2 * to)));
  const last = Math.min(from - 1, Math.floor((centre + reach) / (2 * to)));
  return Array.from({ length: last - first + 1 }, (_, k) => first + k)
    .map((pixel) => ({ pixel, weight: reach - Math.abs((2 * pixel + 1) * to - centre) }))
    .filter(({ weight }) => weight > 0);
}
