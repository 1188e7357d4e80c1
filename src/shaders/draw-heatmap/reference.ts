/** The same samples in float64, colours rounded once. A row is one line of pixels. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { colourOf, outside, samplesOf, sizesOf, type HeatmapAttrs } from './paint';

export const reference: Reference<HeatmapAttrs> = (inputs, attrs, lines) => {
  const { rows, columns } = sizesOf(inputs);
  const x = toFloat64(inputs.x!);
  const { width, x0, y0, across, down, dark } = attrs;
  const [nx, ny] = [samplesOf(across), samplesOf(down)];
  const pixels = new Float64Array(lines.length * width);
  lines.forEach((line, at) => {
    for (let i = 0; i < width; i++) {
      let most = -Infinity;
      for (let j = 0; j < nx * ny; j++) {
        const column = Math.floor(x0 + (i + ((j % nx) + 0.5) / nx) * across);
        const row = Math.floor(y0 + (line + (Math.floor(j / nx) + 0.5) / ny) * down);
        if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
        most = Math.max(most, x[row * columns + column]!);
      }
      pixels[at * width + i] = most === -Infinity ? outside(dark) : colourOf(most, attrs);
    }
  });
  return { pixels };
};
