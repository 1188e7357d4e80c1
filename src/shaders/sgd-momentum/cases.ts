/** The cases of optimisers, with a velocity that is not zero. */
import { optimizerCases } from '@/shaders/lib/optimizerCases';
import type { SgdAttrs } from './kernel';

export const cases = optimizerCases<SgdAttrs>({ u: (x) => x }, { momentum: 0.9, decay: 1e-4 });
