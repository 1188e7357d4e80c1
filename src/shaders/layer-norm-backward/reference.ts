/**
 * dx = r·(g − mean(g) − x̂·mean(g·x̂)), dγ = Σ dy·x̂, dβ = Σ dy with g = dy·γ, x̂ = (x − mean)·r in float64, from the
 * statistics that were given; RMS norm has neither mean nor shift.
 */
import type { NoAttrs, Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { normDims } from '@/shaders/layer-norm/norm';

export const normBackwardReference =
  (centre: boolean): Reference<NoAttrs> =>
  (inputs) => {
    const { rows, width } = normDims(inputs);
    const x = toFloat64(inputs.x!);
    const dy = toFloat64(inputs.dy!);
    const gamma = toFloat64(inputs.gamma!);
    const stats = toFloat64(inputs.stats!);
    const dx = new Float64Array(x.length);
    const dgamma = new Float64Array(width);
    const dbeta = new Float64Array(width);
    for (let row = 0; row < rows; row++) {
      const [mean, r] = [stats[2 * row]!, stats[2 * row + 1]!];
      const at = row * width;
      let gSum = 0;
      let gxSum = 0;
      for (let c = 0; c < width; c++) {
        const xhat = (x[at + c]! - mean) * r;
        gSum += dy[at + c]! * gamma[c]!;
        gxSum += dy[at + c]! * gamma[c]! * xhat;
        dgamma[c]! += dy[at + c]! * xhat;
        dbeta[c]! += dy[at + c]!;
      }
      if (!centre) gSum = 0;
      for (let c = 0; c < width; c++) {
        const xhat = (x[at + c]! - mean) * r;
        dx[at + c] = r * (dy[at + c]! * gamma[c]! - gSum / width - (xhat * gxSum) / width);
      }
    }
    return { dx, dgamma, ...(centre ? { dbeta } : {}) };
  };

export const reference = normBackwardReference(true);
