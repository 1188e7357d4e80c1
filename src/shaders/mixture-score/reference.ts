/** Denoiser, log density and divergence in float64, from the covariances. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { posterior, type LevelAttrs } from '@/shaders/lib/mixture';

export const reference: Reference<LevelAttrs> = (inputs, { s, std }, rows) => {
  const x = toFloat64(inputs.x!);
  const components = toFloat64(inputs.components!);
  const found = rows.map((row) => posterior(components, s, std, x[2 * row]!, x[2 * row + 1]!));
  return {
    denoised: Float64Array.from(found.flatMap(({ denoised }) => denoised)),
    logp: Float64Array.from(found, ({ logp }) => logp),
    divergence: Float64Array.from(found, ({ divergence }) => divergence),
  };
};
