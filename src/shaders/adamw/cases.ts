/** The cases of optimisers, with momenta that are not zero. */
import { optimizerCases } from '@/shaders/lib/optimizerCases';
import type { AdamwAttrs } from './kernel';

export const cases = optimizerCases<AdamwAttrs>(
  { m1: (x) => x, m2: (x) => x * x },
  { beta1: 0.9, beta2: 0.999, eps: 1e-8, decay: 0.01 },
);
