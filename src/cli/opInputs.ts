/** The tensors of a file as the inputs of an operation: known, present, and of a type that it takes. */
import type { Kernel } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { convert, isFloat, type DType, type HostTensor } from '@/lib/tensor';
import { usage } from './args';

export interface OpInputs {
  /** In the order of the declaration. */
  readonly tensors: Record<string, HostTensor>;
  /** The type of the float tensors, or nothing where there are none. */
  readonly dtype: DType | undefined;
}

/** Floats are converted to `dtype` (default the first one's) where the operation takes it, else to f32. */
export function opInputs(
  kernel: Pick<Kernel, 'inputs'>,
  given: ReadonlyMap<string, HostTensor>,
  dtype: DType | undefined,
): OpInputs {
  const known = Object.keys(kernel.inputs);
  for (const name of given.keys()) {
    if (!Object.hasOwn(kernel.inputs, name)) {
      throw new LabError('input.unknown', { name, allowed: known.join(', ') });
    }
  }
  const present = Object.entries(kernel.inputs).flatMap(([name, argument]) => {
    const tensor = given.get(name);
    if (tensor) return [{ name, tensor, allowed: argument.dtypes }];
    if (argument.optional) return [];
    const needed = Object.entries(kernel.inputs).map(
      ([n, a]) => `${n} ${a.shape}${a.optional ? ' (optional)' : ''}`,
    );
    throw new LabError('input.missing', { name, allowed: needed.join(', ') });
  });
  const first = present.find(({ tensor }) => isFloat(tensor.dtype))?.tensor.dtype;
  if (dtype && !first) throw usage(`--dtype ${dtype} says the type of float inputs, and there is none`);
  const wanted = dtype ?? first;
  const tensors = present.map(({ name, tensor, allowed }) => {
    const target = isFloat(tensor.dtype) ? floatTarget(allowed, wanted) : tensor.dtype;
    if (!target || !allowed.includes(target)) {
      const got = wanted && isFloat(tensor.dtype) ? wanted : tensor.dtype;
      throw new LabError('input.dtype', { name, got, allowed: allowed.join(', ') });
    }
    return [name, convert(tensor, target)] as const;
  });
  return { tensors: Object.fromEntries(tensors), dtype: wanted };
}

/** An input that never comes in half precision, such as a logarithm of a sum, stays in f32 beside those that do. */
function floatTarget(allowed: readonly DType[], wanted: DType | undefined): DType | undefined {
  const floats = allowed.filter(isFloat);
  if (wanted && floats.includes(wanted)) return wanted;
  return floats.length === 1 && floats[0] === 'f32' && wanted === 'f16' && allowed.length === 1
    ? 'f32'
    : undefined;
}
