/** Pictures between canvases, sketches and the network. */
import type { Image } from '@/lib/image';
import type { HostTensor } from '@/lib/tensor';
import { colourAt } from '@/ui/colormap';
import type { Stroke } from '@/ui/drawing';

/** Pixels of a sketch: few enough for a link. */
const SKETCH = 96;

/** Dark strokes on white paper, as the network's own sketches are. */
function painted(strokes: readonly Stroke[]): OffscreenCanvas {
  const canvas = new OffscreenCanvas(SKETCH, SKETCH);
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, SKETCH, SKETCH);
  context.strokeStyle = '#222';
  context.lineWidth = SKETCH * 0.04;
  context.lineCap = context.lineJoin = 'round';
  for (const stroke of strokes) {
    context.beginPath();
    stroke.forEach(([x, y], i) => {
      const at = [((x + 1) / 2) * SKETCH, ((1 - y) / 2) * SKETCH] as const;
      if (i === 0) context.moveTo(...at);
      // A point has no length to be stroked.
      context.lineTo(at[0] + (stroke.length === 1 ? 0.1 : 0), at[1]);
    });
    context.stroke();
  }
  return canvas;
}

export function sketched(strokes: readonly Stroke[]): Image {
  const { data } = painted(strokes).getContext('2d')!.getImageData(0, 0, SKETCH, SKETCH);
  return { width: SKETCH, height: SKETCH, data };
}

/** A file that is small enough to travel in the link. */
export async function sketchFile(strokes: readonly Stroke[]): Promise<File> {
  return new File([await painted(strokes).convertToBlob({ type: 'image/png' })], 'sketch.png', {
    type: 'image/png',
  });
}

/** Frames of a camera have no transparency: their words are the pixels. */
export const wordsOf = ({ width, height, data }: Image): HostTensor => ({
  dtype: 'u32',
  shape: [height, width],
  data: new Uint32Array(data.slice().buffer),
});

/** Values as colours, the smallest dark; NaN is left out. */
export function heat(
  values: ArrayLike<number>,
  low: number,
  high: number,
  alpha: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    pixels.set([...colourAt('viridis', (value - low) / (high - low || 1)), Math.round(255 * alpha)], 4 * i);
  }
  return pixels;
}
