/** SGD with momentum in float64 from what is stored, rounded once to what will be stored. */
import type { Reference } from '@/gpu/kernel';
import { toFloat64 } from '@/lib/tensor';
import { control } from '@/shaders/lib/control';
import { stored } from '@/shaders/lib/optimizer';
import type { SgdAttrs } from './kernel';

export const reference: Reference<SgdAttrs> = (inputs, { momentum, decay, format, master }) => {
  const steer = toFloat64(inputs.control!);
  const p = toFloat64(inputs.p!);
  const u = toFloat64(inputs.u!);
  const lost = inputs.lost ? toFloat64(inputs.lost) : new Float64Array(2);
  const grad = toFloat64(inputs.grad!);
  if (steer[control.SKIP] === 0) {
    for (let i = 0; i < p.length; i++) {
      const g = grad[i]! * steer[control.INVERSE]! * steer[control.CLIP]!;
      const ui = momentum * u[i]! + g + decay * p[i]!;
      const change = -steer[control.RATE]! * ui;
      const next = stored(p[i]! + change, inputs.p!.dtype, format, master);
      if (change !== 0) lost[1]! += 1;
      if (change !== 0 && Math.fround(next) === p[i]) lost[0]! += 1;
      p[i] = next;
      u[i] = stored(ui, inputs.u!.dtype, 'f32');
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
