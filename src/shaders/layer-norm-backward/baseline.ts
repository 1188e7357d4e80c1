/** The gradients of layer norm and RMS norm on one CPU core in float32; two walks over a row that stays in cache. */
import type { Baseline, NoAttrs } from '@/gpu/kernel';

export const normBackwardBaseline =
  (centre: boolean): Baseline<NoAttrs> =>
  (inputs) => {
    const { data: x, shape } = inputs.x!;
    const dy = inputs.dy!.data;
    const gamma = inputs.gamma!.data;
    const stats = inputs.stats!.data;
    const width = shape.at(-1) ?? 1;
    const dx = new Float32Array(x.length);
    const dgamma = new Float32Array(width);
    const dbeta = new Float32Array(width);
    for (let at = 0, row = 0; at < x.length; at += width, row++) {
      const mean = stats[2 * row]!;
      const r = stats[2 * row + 1]!;
      let gSum = 0;
      let gxSum = 0;
      for (let c = 0; c < width; c++) {
        const d = dy[at + c]!;
        const xhat = (x[at + c]! - mean) * r;
        gSum += d * gamma[c]!;
        gxSum += d * gamma[c]! * xhat;
        dgamma[c]! += d * xhat;
        dbeta[c]! += d;
      }
      const shift = centre ? gSum / width : 0;
      const slope = (gxSum / width) * r;
      for (let c = 0; c < width; c++)
        dx[at + c] = r * (dy[at + c]! * gamma[c]! - shift - (x[at + c]! - mean) * slope);
    }
    return { dx, dgamma, ...(centre ? { dbeta } : {}) };
  };

export const baseline = normBackwardBaseline(true);
