/** x of a session: the textbook's series, a drawn picture, seeded numbers, or the reader's own. */
import type { Context } from '@/lab/session';
import { decodeImage } from '@/lib/image';
import { isImage } from '@/lib/imageHeader';
import { Random } from '@/lib/random';
import { sizeOf, tensor, type HostTensor } from '@/lib/tensor';
import { bytesText } from '@/lib/units';
import { bad, parseNumbers } from './numbers';
import { MOST, PICTURE, TEXTBOOK, type Params } from './params';

/** LeetCode's range: f32 and i32 both hold it. */
const SPAN = 10_000;

export async function makeInput(
  files: Context['files'],
  params: Params,
  signal: AbortSignal,
): Promise<HostTensor> {
  const { source, shape, dtype } = params;
  const shaped = (size: readonly number[], values: ArrayLike<number>): HostTensor =>
    tensor(dtype, size, dtype === 'i32' ? Float64Array.from(values, Math.round) : values);
  const bytes = files.data;
  if (source === 'file' && bytes) return ownInput(bytes, params, shaped);
  // A file that is asked for shows the example meanwhile.
  if (source === 'textbook' || source === 'file') {
    return shape === '1d' ? shaped([TEXTBOOK.length], TEXTBOOK) : shaped([PICTURE, PICTURE], drawnPicture());
  }
  return shaped(shapeOf(params), await seeded(params, signal));
}

/** Of what is made from a seed: an image is as near a square of n as whole sizes allow. */
export function shapeOf({ n, shape }: Pick<Params, 'n' | 'shape'>): readonly number[] {
  const side = Math.floor(Math.sqrt(n));
  return shape === '1d' ? [n] : [side, side];
}

async function seeded(params: Params, signal: AbortSignal): Promise<Float32Array> {
  const { source, shape, seed } = params;
  const size = shapeOf(params);
  const count = sizeOf(size);
  const side = size[0]!;
  const random = new Random(seed);
  const out = new Float32Array(count);
  let before = 0;
  let last = performance.now();
  for (let i = 0; i < count; i++) {
    const step = SPAN * (2 * random.uniform() - 1);
    if (source === 'random') out[i] = step;
    else if (shape === '1d' || i < side) out[i] = before = clip(before + step / 400);
    // In an image the walk goes right and down: each pixel is near the mean of two neighbours.
    else out[i] = clip(((i % side === 0 ? out[i - side]! : out[i - 1]!) + out[i - side]!) / 2 + step / 12);
    // The page answers in between.
    if ((i & 0x3fff) === 0 && performance.now() - last > 20) {
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      last = performance.now();
    }
  }
  return out;
}

const clip = (value: number): number => Math.min(SPAN, Math.max(-SPAN, value));

async function ownInput(
  bytes: Uint8Array<ArrayBuffer>,
  { shape, data, dtype }: Params,
  shaped: (size: readonly number[], values: ArrayLike<number>) => HostTensor,
): Promise<HostTensor> {
  const file = data?.name ?? 'data';
  if (isImage(bytes)) {
    const { width, height, data: rgba } = await decodeImage(bytes, file);
    const values = Float32Array.from({ length: width * height }, (_, i) => {
      // Rec. 709 luma of the stored values.
      return 0.2126 * rgba[4 * i]! + 0.7152 * rgba[4 * i + 1]! + 0.0722 * rgba[4 * i + 2]!;
    });
    return shaped(shape === '1d' ? [width * height] : [height, width], values);
  }
  if (bytes.length > 32 * MOST) throw bad(file, `larger than ${bytesText(32 * MOST)}`);
  const { values, widths } = parseNumbers(new TextDecoder().decode(bytes), file, MOST);
  const large = dtype === 'i32' ? values.find((v) => Math.round(v) !== (Math.round(v) | 0)) : undefined;
  if (large !== undefined) throw bad(file, `${large} is outside the range of i32`);
  if (shape === '1d') return shaped([values.length], values);
  const [width = 0] = widths;
  const odd = widths.findIndex((count) => count !== width);
  if (odd >= 0) {
    throw bad(
      file,
      `as an image every line needs as many numbers: the first has ${width}, row ${odd + 1} ${widths[odd] ?? 0}`,
    );
  }
  return shaped([widths.length, width], values);
}

/** A dark field with a few bright things on it, thin ones too: what a dilation does to each is easy to see. */
function drawnPicture(): Float32Array {
  const random = new Random(239);
  const stars = Array.from(
    { length: 40 },
    () => [random.uniform(), random.uniform(), random.uniform()] as const,
  );
  return Float32Array.from({ length: PICTURE * PICTURE }, (_, i) => {
    const x = ((i % PICTURE) + 0.5) / PICTURE;
    const y = (Math.floor(i / PICTURE) + 0.5) / PICTURE;
    const pixel = 1 / PICTURE;
    let v = 18 + 30 * y;
    const ring = Math.abs(Math.hypot(x - 0.3, y - 0.36) - 0.17);
    if (ring < pixel) v = 220;
    if (Math.hypot(x - 0.3, y - 0.36) < 0.05) v = 150;
    if (Math.abs(y - 0.78 - 0.06 * Math.sin(18 * x)) < pixel) v = 250;
    if (Math.abs(x - 0.62) + Math.abs(y - 0.3) < 0.09) v = 110 + 900 * Math.abs(x - 0.62);
    if (x > 0.78 && x < 0.94 && y > 0.2 && y < 0.5 && Math.floor(x * 40) % 2 === Math.floor(y * 40) % 2)
      v = 190;
    for (const [sx, sy, light] of stars) {
      if (Math.abs(x - sx) < pixel / 2 && Math.abs(y - sy) < pixel / 2) v = Math.max(v, 120 + 135 * light);
    }
    return v;
  });
}
