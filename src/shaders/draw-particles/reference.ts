/** The same discs in float64, in 255ths, and their colour. A row is one line of pixels. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { place, scaleOf } from '@/shaders/lib/window';
import { groundOf, painted, type DrawParticlesAttrs } from './paint';

export const reference: Reference<DrawParticlesAttrs> = (inputs, attrs, lines) => {
  const { width, height, radius, dark } = attrs;
  const x = toFloat64(inputs.x!);
  const under = inputs.under && toFloat64(inputs.under);
  const scale = scaleOf(attrs);
  const reach = radius + 0.5;
  const coverage = new Float64Array(lines.length * width);
  const places = new Map(lines.map((line, at) => [line, at]));
  for (let i = 0; i < x.length; i += 2) {
    const [px, py] = place(scale, x[i]!, x[i + 1]!);
    if (!(py > -reach && py < height + reach && px > -reach && px < width + reach)) continue;
    for (let row = Math.floor(py - reach); row <= py + reach; row++) {
      const at = places.get(row);
      if (at === undefined) continue;
      for (
        let column = Math.max(0, Math.floor(px - reach));
        column <= px + reach && column < width;
        column++
      ) {
        const share = reach - Math.hypot(column + 0.5 - px, row + 0.5 - py);
        coverage[at * width + column]! += Math.floor(Math.min(1, Math.max(0, share)) * 255 + 0.5);
      }
    }
  }
  const pixels = coverage.map((amount, i) => {
    const ground = under ? under[lines[Math.floor(i / width)]! * width + (i % width)]! : groundOf(dark);
    return painted(ground, amount, attrs);
  });
  return { pixels };
};
