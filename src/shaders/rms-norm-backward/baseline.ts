/** The gradients of RMS norm on one CPU core. */
import { normBackwardBaseline } from '@/shaders/layer-norm-backward/baseline';

export const baseline = normBackwardBaseline(false);
