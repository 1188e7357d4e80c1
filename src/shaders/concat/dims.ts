/** Two tensors, one after the other along an axis: each as [outer, from its axis on], whose columns stand side by side. */
import { LabError } from '@/lib/errors';
import { sizeOf, type Specs, type TensorSpec } from '@/lib/tensor';
import { axisOf } from '@/shaders/lib/axis';
import { given, shapeText, wrongShape } from '@/shaders/lib/flat';

export interface ConcatAttrs {
  /** Negative from the end. */
  readonly axis: number;
}

export interface Dims {
  readonly a: TensorSpec;
  readonly shape: readonly number[];
  readonly rows: number;
  /** Columns of a and of b. */
  readonly columnsA: number;
  readonly columnsB: number;
}

export function dims(inputs: Specs, { axis }: ConcatAttrs): Dims {
  const [a, b] = [given(inputs, 'a'), given(inputs, 'b')];
  const at = axisOf('a', a.shape, axis);
  if (b.shape.length !== a.shape.length || b.shape.some((n, i) => i !== at && n !== a.shape[i]))
    throw wrongShape('b', b.shape, {
      en: `that of a ${shapeText(a.shape)} but for axis ${at}`,
      zh: `除第 ${at} 轴外与 a ${shapeText(a.shape)} 相同`,
    });
  if (b.dtype !== a.dtype)
    throw new LabError('input.dtype', { name: 'b', got: b.dtype, allowed: `${a.dtype}, as a` });
  const inner = sizeOf(a.shape.slice(at + 1));
  const [sizeA, sizeB] = [a.shape[at]!, b.shape[at]!];
  return {
    a,
    shape: a.shape.map((n, i) => (i === at ? sizeA + sizeB : n)),
    rows: sizeOf(a.shape.slice(0, at)),
    columnsA: sizeA * inner,
    columnsB: sizeB * inner,
  };
}
