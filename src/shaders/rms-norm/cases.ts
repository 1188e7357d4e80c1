/** The rows of layer norm. */
import { normCases } from '@/shaders/layer-norm/cases';

export const cases = normCases(false);
