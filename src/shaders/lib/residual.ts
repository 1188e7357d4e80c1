/** What kernels add last to a finished result: the other branch of a residual block, in the result's shape and type. */
import type { Argument, Binding, Shader } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import type { Specs, TensorSpec } from '@/lib/tensor';
import { givenLike, shapeText } from './flat';
import noneCode from './no-residual.wgsl?raw';
import someCode from './residual.wgsl?raw';

export const residualInput = (shape: string): Argument => ({ dtypes: ['f32', 'f16'], shape, optional: true });

export const hasResidual = (inputs: Specs): boolean =>
  (inputs as Readonly<Record<string, TensorSpec | undefined>>).residual !== undefined;

/** Throws where there is one of another shape or type than the result. */
export function checkResidual(inputs: Specs, like: string, result: TensorSpec): void {
  if (!hasResidual(inputs)) return;
  const { dtype, shape } = givenLike(inputs, 'residual', like, result.shape);
  if (dtype !== result.dtype)
    throw new LabError('input.dtype', {
      name: `residual ${shapeText(shape)}`,
      got: dtype,
      allowed: `${result.dtype}, as ${like}`,
    });
}

const none: Shader = { file: 'lib/no-residual.wgsl', code: noneCode };
const some: Shader = { file: 'lib/residual.wgsl', code: someCode };

/** `with_residual(quad, y)`, quads counted as in the result's binding. */
export const residualShader = (given: boolean): Shader => (given ? some : none);

/** @param range of the result, where not all of it is bound */
export const residualBindings = (
  given: boolean,
  range: Pick<Binding, 'offset' | 'size'> = {},
): readonly Binding[] => (given ? [{ name: 'residual', access: 'read', vec: 4, ...range }] : []);
