/** RMS norm by its definition in float64. */
import { normReference } from '@/shaders/layer-norm/reference';

export const reference = normReference(false);
