/** The picture that filters and networks look at: a drawn one, or the reader's own. */
import type { Context } from '@/lab/session';
import { decodeImage, type Image } from '@/lib/image';
import type { Params } from './params';

/** Of the drawn picture, and of a camera's frames. */
export const PICTURE = { width: 320, height: 240 } as const;
/** Larger pictures come scaled down to this. */
const LONGEST = 640;

export const pictureOf = ({ image: bytes }: Context['files'], { image }: Params): Promise<Image> =>
  bytes ? decodeImage(bytes, image?.name ?? 'image', LONGEST) : Promise.resolve(drawn());

/** Edges in every direction, thin lines, a fine grating, smooth shades and colours: what filters tell apart. */
export function drawn({ width, height }: Pick<Image, 'width' | 'height'> = PICTURE): Image {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [((i % width) + 0.5) / height, (Math.floor(i / width) + 0.5) / height];
    const [r, g, b] = colourAt(x, y, height);
    data.set([r, g, b, 255], 4 * i);
  }
  return { width, height, data };
}

type Colour = readonly [number, number, number];

function colourAt(x: number, y: number, height: number): Colour {
  const sky: Colour = [150 + 60 * y, 190 + 30 * y, 235];
  const sun = Math.hypot(x - 1.08, y - 0.22);
  if (sun < 0.11) return [255, 214, 90 + 900 * sun];
  const hill = 0.62 + 0.09 * Math.sin(4.3 * x) + 0.03 * Math.sin(11 * x + 1);
  // A house with a window of thin bars, a door and a chimney.
  const [hx, hy] = [x - 0.18, y - 0.42];
  if (hx > 0 && hx < 0.4 && hy > 0 && hy < 0.34) {
    if (hx > 0.05 && hx < 0.17 && hy > 0.06 && hy < 0.18)
      return Math.abs(hx - 0.11) < 0.006 || Math.abs(hy - 0.12) < 0.006 ? [250, 250, 245] : [60, 90, 130];
    if (hx > 0.25 && hx < 0.34 && hy > 0.12) return [110, 60, 40];
    return Math.floor(hy * 40) % 2 === Math.floor(hx * 20 + (Math.floor(hy * 40) % 4)) % 2
      ? [202, 110, 84]
      : [188, 96, 72];
  }
  if (hy <= 0 && hy > -0.2 && Math.abs(hx - 0.2) < 0.26 * (1 + hy / 0.2)) return [96, 52, 56];
  if (hx > 0.29 && hx < 0.34 && hy > -0.22 && hy < 0) return [120, 70, 66];
  if (y < hill) return Math.hypot((x - 0.75) / 2, y - 0.14) < 0.05 ? [246, 248, 252] : sky;
  // Grass to the left, a grating that grows finer to the right.
  if (x > 0.7 && y > 0.78) {
    const wave = Math.sin(((x - 0.7) * height) ** 1.6 / 9);
    return [128 + 110 * wave, 128 + 110 * wave, 128 + 110 * wave];
  }
  const blade = 0.5 + 0.5 * Math.sin(90 * x + 14 * Math.sin(37 * y));
  return [58 + 40 * blade, 128 + 46 * blade - 40 * (y - hill), 52 + 20 * blade];
}
