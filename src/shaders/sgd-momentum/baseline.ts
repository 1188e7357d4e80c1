/** SGD with momentum on one CPU core in float32, one loop; formats are rounded to where they are asked for. */
import type { Baseline } from '@/gpu/kernel';
import { control } from '@/shaders/lib/control';
import { stored } from '@/shaders/lib/optimizer';
import type { SgdAttrs } from './kernel';

export const baseline: Baseline<SgdAttrs> = (inputs, { momentum, decay, format, master }) => {
  const steer = inputs.control!.data;
  const p = Float32Array.from(inputs.p!.data);
  const u = Float32Array.from(inputs.u!.data);
  const grad = inputs.grad!.data;
  const lost = Int32Array.from(inputs.lost?.data ?? [0, 0]);
  if (steer[control.SKIP] === 0) {
    const scale = steer[control.INVERSE]! * steer[control.CLIP]!;
    for (let i = 0; i < p.length; i++) {
      const old = p[i]!;
      u[i] = momentum * u[i]! + grad[i]! * scale + decay * old;
      const change = -steer[control.RATE]! * u[i]!;
      p[i] = format === 'f32' || master ? old + change : stored(old + change, 'f32', format);
      if (change !== 0) lost[1]!++;
      if (change !== 0 && p[i] === old) lost[0]!++;
    }
  }
  const copied = master && format !== 'f32';
  return {
    p,
    u,
    ...(copied ? { copy: p.map((x) => stored(x, 'f32', format)) } : {}),
    ...(inputs.lost ? { lost } : {}),
  };
};
