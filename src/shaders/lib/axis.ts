/** An axis that an attribute names. */
import { LabError } from '@/lib/errors';

/** Negative counts from the end. */
export function axisOf(name: string, shape: readonly number[], axis: number): number {
  const rank = shape.length;
  const at = axis < 0 ? axis + rank : axis;
  if (at >= 0 && at < rank) return at;
  throw new LabError('attr.value', {
    name: 'axis',
    got: axis,
    allowed: {
      en: `an axis of ${name} [${shape.join(', ')}]: ${-rank} to ${rank - 1}`,
      zh: `${name} [${shape.join(', ')}] 的轴：${-rank} 到 ${rank - 1}`,
    },
  });
}
