/** The rows of the forward pass. */
import { normBackwardCases } from '@/shaders/layer-norm-backward/cases';

export const cases = normBackwardCases(false);
