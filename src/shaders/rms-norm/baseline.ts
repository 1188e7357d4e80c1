/** RMS norm on one CPU core. */
import { normBaseline } from '@/shaders/layer-norm/baseline';

export const baseline = normBaseline(false);
