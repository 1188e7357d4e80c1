/** What kernels share that walk a whole tensor, four neighbouring elements an invocation. */
import type { Pass } from '@/gpu/kernel';
import { u32 } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { sizeOf, type Specs, type TensorSpec } from '@/lib/tensor';
import type { Text } from '@/lib/text';

/** A pass over the ⌈size/4⌉ quads of a tensor; the shader finds their number in `params.quads`. */
export function overQuads(size: number, opsEach: number, pass: Omit<Pass, 'groups' | 'flops'>): Pass {
  const quads = Math.ceil(size / 4);
  return {
    ...pass,
    params: { quads: u32(quads), ...pass.params },
    groups: Math.ceil(quads / 64),
    flops: opsEach * size,
  };
}

/** The input `name`, which has elements. */
export function given(inputs: Specs, name: string): TensorSpec {
  const spec = (inputs as Readonly<Record<string, TensorSpec | undefined>>)[name];
  if (!spec) throw new LabError('input.missing', { name, allowed: name });
  if (spec.shape.includes(0))
    throw wrongShape(name, spec.shape, { en: 'no size 0', zh: '不能有长度为 0 的轴' });
  return spec;
}

/** The input `name`, which has the shape of what is called `like`. */
export function givenLike(inputs: Specs, name: string, like: string, shape: readonly number[]): TensorSpec {
  const spec = given(inputs, name);
  if (spec.shape.length !== shape.length || spec.shape.some((size, axis) => size !== shape[axis]))
    throw wrongShape(name, spec.shape, {
      en: `${shapeText(shape)}, as ${like} has it`,
      zh: `${shapeText(shape)}，与 ${like} 相同`,
    });
  return spec;
}

export const wrongShape = (name: string, shape: readonly number[], allowed: string | Text): LabError =>
  new LabError('input.shape', { name, got: shape.join(', '), allowed });

export const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** Rows of a tensor whose first axes number them and whose last axis is one row. */
export function rowsOf(spec: TensorSpec): { readonly rows: number; readonly width: number } {
  const width = spec.shape.at(-1) ?? 1;
  return { rows: sizeOf(spec.shape) / width, width };
}
