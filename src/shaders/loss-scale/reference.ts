/** PyTorch's GradScaler and clip_grad_norm_ on one block, in float64. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { control } from '@/shaders/lib/control';
import type { LossScaleAttrs } from './kernel';

export const reference: Reference<LossScaleAttrs> = (inputs, attrs) => {
  const block = toFloat64(inputs.control!);
  const get = (name: keyof typeof control): number => block[control[name]]!;
  const set = (name: keyof typeof control, value: number) => (block[control[name]] = value);
  const wrong = get('NOT_FINITE') > 0 || !Number.isFinite(get('SQUARES'));
  const norm = wrong ? 0 : Math.sqrt(get('SQUARES'));
  set('NORM', norm);
  set('CLIP', attrs.maxNorm > 0 ? Math.min(1, attrs.maxNorm / (norm + 1e-6)) : 1);
  set('INVERSE', 1 / get('SCALE'));
  if (attrs.dynamic) {
    set('COUNTER', wrong ? 0 : get('COUNTER') + 1);
    if (wrong) set('SCALE', Math.max(get('SCALE') * attrs.backoff, 2 ** -126));
    if (get('COUNTER') >= attrs.interval) {
      set('SCALE', Math.min(get('SCALE') * attrs.growth, 2 ** 126));
      set('COUNTER', 0);
    }
  }
  const skip = attrs.guard && wrong;
  set('SKIP', skip ? 1 : 0);
  if (skip) set('SKIPPED', get('SKIPPED') + 1);
  else {
    set('STEP', get('STEP') + 1);
    set('BIAS1', 1 - (1 - get('BIAS1')) * attrs.beta1);
    set('BIAS2', 1 - (1 - get('BIAS2')) * attrs.beta2);
  }
  set('OVERFLOWS', get('NOT_FINITE'));
  set('SQUARES', 0);
  set('NOT_FINITE', 0);
  return { control: block };
};
