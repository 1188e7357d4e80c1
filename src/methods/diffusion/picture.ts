/** The ink of a picture as a distribution: how far each pixel is from the background, which is what most of the border has. */
import { LabError } from '@/lib/errors';
import type { Image } from '@/lib/png';
import { clustered } from './cluster';
import type { Mixture } from './mixture';
import { MOST_COMPONENTS } from './names';

/** Cells along the longer side. */
const CELLS = 96;
/** Half of the longer side in the data's plane. */
const REACH = 1.3;
/** Less ink than this is noise of the file. */
const LEAST = 0.06;

/** Brightness in [0, 1] of what is opaque, and how opaque it is. */
function pixel({ data }: Image, i: number): { readonly light: number; readonly opaque: number } {
  // Rec. 709 luma of the stored values.
  const light = (0.2126 * data[4 * i]! + 0.7152 * data[4 * i + 1]! + 0.0722 * data[4 * i + 2]!) / 255;
  return { light, opaque: data[4 * i + 3]! / 255 };
}

function background(image: Image): number {
  const { width, height } = image;
  const border: number[] = [];
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x > 0 && y > 0 && x < width - 1 && y < height - 1) continue;
    const { light, opaque } = pixel(image, i);
    if (opaque > 0.5) border.push(light);
  }
  border.sort((a, b) => a - b);
  return border[border.length >> 1] ?? NaN;
}

export function mixtureOfImage(image: Image, file: string): Mixture {
  const { width, height } = image;
  const ground = background(image);
  const scale = Math.min(1, CELLS / Math.max(width, height));
  const columns = Math.max(1, Math.round(width * scale));
  const rows = Math.max(1, Math.round(height * scale));
  const weights = new Float64Array(columns * rows);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const { light, opaque } = pixel(image, i);
    // On a transparent ground everything opaque is ink.
    const ink = opaque * (Number.isNaN(ground) ? 1 : Math.abs(light - ground));
    const cell = Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width);
    if (ink > LEAST) weights[cell]! += ink;
  }
  if (!weights.some((weight) => weight > 0)) {
    throw new LabError('usage', {
      what: {
        en: `${file}: the image is of one brightness, so the distribution has no mass`,
        zh: `${file}：图像只有一种亮度，分布没有质量`,
      },
    });
  }
  const step = (2 * REACH) / Math.max(columns, rows);
  const points = Float64Array.from({ length: 2 * columns * rows }, (_, i) => {
    const cell = i >> 1;
    return i % 2 === 0
      ? step * ((cell % columns) + 0.5 - columns / 2)
      : step * (rows / 2 - Math.floor(cell / columns) - 0.5);
  });
  // A square cell spreads like its side over √12.
  return clustered({ points, weights }, MOST_COMPONENTS, step / Math.sqrt(12));
}
