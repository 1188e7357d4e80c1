/**
 * End points and change of the density by float64 steps so fine that the tolerance is all that is left to see; evaluations
 * and what is left of the way by float64 steps at the tolerance asked for.
 */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { posterior } from '@/shaders/lib/mixture';
import { crossOf } from '@/shaders/lib/probe';
import { dormandPrince, type Slope } from './dormandPrince';
import type { AdaptiveAttrs } from './kernel';

/** Where the asked tolerance is finer, it is finer by as much. */
const FINE = 1e-8;

export const reference: Reference<AdaptiveAttrs> = (inputs, attrs, rows) => {
  const y = toFloat64(inputs.y!);
  const components = toFloat64(inputs.components!);
  const judged = attrs.density ? 3 : 2;
  const [begin, end] = [Math.log(attrs.from), Math.log(attrs.to)];
  const found = rows.map((row) => {
    const q = crossOf(row, attrs);
    const slope: Slope = (level, state, out) => {
      const [a, b] = [state[0]!, state[1]!];
      const { denoised, divergence, cross } = posterior(components, 1, Math.exp(level), a, b);
      out[0] = a - denoised[0];
      out[1] = b - denoised[1];
      out[2] = divergence + 2 * q * cross - 2;
    };
    const start = (): Float64Array => Float64Array.of(y[2 * row]!, y[2 * row + 1]!, 0);
    const fine = start();
    const tolerance = Math.min(FINE, attrs.tolerance / 100);
    dormandPrince(slope, fine, begin, end, { tolerance, most: 1e5, judged });
    return { fine, own: dormandPrince(slope, start(), begin, end, { ...attrs, judged }) };
  });
  return {
    end: Float64Array.from(found.flatMap(({ fine }) => [fine[0]!, fine[1]!])),
    change: Float64Array.from(found, ({ fine }) => (attrs.density ? fine[2]! : 0)),
    evaluations: Float64Array.from(found, ({ own }) => own.evaluations),
    left: Float64Array.from(found, ({ own }) => own.left),
  };
};
