/** The gradients of RMS norm in float64. */
import { normBackwardReference } from '@/shaders/layer-norm-backward/reference';

export const reference = normBackwardReference(false);
