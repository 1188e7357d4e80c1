/** The same camera and the same samples in float64, colours rounded once. A row is one line of pixels. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64, type HostTensor } from '@/lib/tensor';
import { keyRange } from '../attention/dims';
import { drawDims, neutrals, samplesOf, viridis, type DrawAttrs } from './paint';

export const reference: Reference<DrawAttrs> = (inputs, attrs, rows) => {
  const d = drawDims({ inputs, attrs });
  const { H, Hkv, S, T, D, scale } = d;
  const { width, zoom, x0, y0, gamma } = attrs;
  const [q, k, lse] = [toFloat64(inputs.q!), toFloat64(inputs.k!), toFloat64(inputs.lse!)];
  const mask = (inputs as Readonly<Record<string, HostTensor | undefined>>).mask?.data;
  const { outside, masked } = neutrals(attrs.dark);
  const n = samplesOf(attrs);
  const head = attrs.batch * H + attrs.head;
  const plane = Math.floor((head * Hkv) / H);

  /** Probability, or −1 where s may not see t. */
  const probability = (s: number, t: number): number => {
    const [first, last] = keyRange(d, s);
    if (t < first || t >= last || mask?.[s * T + t] === 0) return -1;
    let score = 0;
    for (let c = 0; c < D; c++) score += q[(head * S + s) * D + c]! * k[(plane * T + t) * D + c]!;
    return Math.min(1, Math.exp(scale * score - lse[head * S + s]!));
  };

  const pixels = new Float64Array(rows.length * width);
  rows.forEach((y, line) => {
    for (let x = 0; x < width; x++) {
      let most = -1;
      let inside = false;
      for (let j = 0; j < n * n; j++) {
        const t = Math.floor(x0 + (x + ((j % n) + 0.5) / n) / zoom);
        const s = Math.floor(y0 + (y + (Math.floor(j / n) + 0.5) / n) / zoom);
        if (t < 0 || s < 0 || t >= T || s >= S) continue;
        inside = true;
        most = Math.max(most, probability(s, t));
      }
      pixels[line * width + x] = most >= 0 ? viridis(most ** gamma) : inside ? masked : outside;
    }
  });
  return { pixels };
};
