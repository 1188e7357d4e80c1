/** Logits [rows…, classes] with a target class for each row; a negative target is ignored. */
import { sizeOf, type Specs, type TensorSpec } from '@/lib/tensor';
import { given, shapeText, wrongShape } from '@/shaders/lib/flat';

export interface Dims {
  readonly logits: TensorSpec;
  readonly rows: number;
  readonly classes: number;
  /** Shape of what there is one of for each row. */
  readonly shape: readonly number[];
}

export function dims(inputs: Specs): Dims {
  const logits = given(inputs, 'logits');
  const targets = given(inputs, 'targets');
  const classes = logits.shape.at(-1);
  if (classes === undefined) throw wrongShape('logits', logits.shape, 'at least one axis, the classes');
  const shape = logits.shape.slice(0, -1);
  if (shape.length !== targets.shape.length || shape.some((size, axis) => size !== targets.shape[axis])) {
    const allowed = `${shapeText(shape)}, the shape of logits ${shapeText(logits.shape)} without its classes`;
    throw wrongShape('targets', targets.shape, allowed);
  }
  return { logits, rows: sizeOf(shape), classes, shape };
}
