/** An image as `image-normalize` takes it: [H, W] words of rgba8, red in the lowest byte. */
import type { Image } from '@/lib/png';
import type { HostTensor } from '@/lib/tensor';

/**
 * A classifier keeps the middle square, so of a strip no more than this many times its width is taken: scaled whole, a
 * 20,000 × 1 one would be wider than any buffer.
 */
const LONGEST = 4;

/** What is transparent is seen on white, as on most pages; the middle of long strips stands for the whole. */
export function pictureOf({ width, height, data }: Image): HostTensor {
  const short = Math.min(width, height);
  const [W, H] = [Math.min(width, LONGEST * short), Math.min(height, LONGEST * short)];
  const [left, top] = [(width - W) >> 1, (height - H) >> 1];
  const words = new Uint32Array(W * H);
  for (let y = 0; y < H; y++) {
    for (let x = 0; x < W; x++) {
      const at = 4 * ((y + top) * width + x + left);
      const alpha = data[at + 3]!;
      const over = (channel: number): number =>
        Math.round((data[at + channel]! * alpha + 255 * (255 - alpha)) / 255);
      words[y * W + x] = (0xff000000 | (over(2) << 16) | (over(1) << 8) | over(0)) >>> 0;
    }
  }
  return { dtype: 'u32', shape: [H, W], data: words };
}
