/** AdamW in float64 from what is stored, rounded once to what will be stored. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { control } from '@/shaders/lib/control';
import { stored } from '@/shaders/lib/optimizer';
import type { AdamwAttrs } from './kernel';

export const reference: Reference<AdamwAttrs> = (inputs, attrs) => {
  const { beta1, beta2, eps, decay, format, master } = attrs;
  const steer = toFloat64(inputs.control!);
  const p = toFloat64(inputs.p!);
  const m = toFloat64(inputs.m1!);
  const v = toFloat64(inputs.m2!);
  const lost = inputs.lost ? toFloat64(inputs.lost) : new Float64Array(2);
  const grad = toFloat64(inputs.grad!);
  if (steer[control.SKIP] === 0) {
    for (let i = 0; i < p.length; i++) {
      const g = grad[i]! * steer[control.INVERSE]! * steer[control.CLIP]!;
      const mi = beta1 * m[i]! + (1 - beta1) * g;
      const vi = beta2 * v[i]! + (1 - beta2) * g * g;
      const direction = mi / steer[control.BIAS1]! / (Math.sqrt(vi / steer[control.BIAS2]!) + eps);
      const change = -steer[control.RATE]! * (decay * p[i]! + direction);
      const next = stored(p[i]! + change, inputs.p!.dtype, format, master);
      if (change !== 0) lost[1]! += 1;
      if (change !== 0 && Math.fround(next) === p[i]) lost[0]! += 1;
      p[i] = next;
      m[i] = stored(mi, inputs.m1!.dtype, 'f32');
      v[i] = stored(vi, inputs.m2!.dtype, 'f32');
    }
  }
  const copied = master && format !== 'f32';
  return {
    p,
    m1: m,
    m2: v,
    ...(copied ? { copy: p.map((x) => stored(x, 'f32', format)) } : {}),
    ...(inputs.lost ? { lost } : {}),
  };
};
