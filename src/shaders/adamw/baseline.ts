/** AdamW on one CPU core in float32, one loop over all arrays; formats are rounded to where they are asked for. */
import type { Baseline } from '@/gpu/kernel';
import { control } from '@/shaders/lib/control';
import { stored } from '@/shaders/lib/optimizer';
import type { AdamwAttrs } from './kernel';

export const baseline: Baseline<AdamwAttrs> = (inputs, attrs) => {
  const { beta1, beta2, eps, decay, format, master } = attrs;
  const steer = inputs.control!.data;
  const p = Float32Array.from(inputs.p!.data);
  const m = Float32Array.from(inputs.m1!.data);
  const v = Float32Array.from(inputs.m2!.data);
  const grad = inputs.grad!.data;
  const lost = Int32Array.from(inputs.lost?.data ?? [0, 0]);
  if (steer[control.SKIP] === 0) {
    const scale = steer[control.INVERSE]! * steer[control.CLIP]!;
    const rate = steer[control.RATE]!;
    const [c1, c2] = [1 / steer[control.BIAS1]!, 1 / steer[control.BIAS2]!];
    for (let i = 0; i < p.length; i++) {
      const g = grad[i]! * scale;
      m[i] = beta1 * m[i]! + (1 - beta1) * g;
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      const old = p[i]!;
      const change = -rate * (decay * old + (m[i]! * c1) / (Math.sqrt(v[i]! * c2) + eps));
      p[i] = format === 'f32' || master ? old + change : stored(old + change, 'f32', format);
      if (change !== 0) lost[1]!++;
      if (change !== 0 && p[i] === old) lost[0]!++;
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
