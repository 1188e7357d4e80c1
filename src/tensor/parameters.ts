/**
 * The parameters of a network, end to end in one stretch of memory: an optimiser is then one dispatch for all of
 * them, and so are the norm of all gradients and the copy into half precision. A parameter is a slice.
 */
import type { Device } from '@/gpu/device';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { write } from '@/gpu/transfer';
import type { Random } from '@/lib/random';
import { dtypeBytes, sizeOf, tensor, type DType, type HostTensor } from '@/lib/tensor';

export interface ParameterSpec {
  /** As in checkpoints: "blocks.0.norm.weight". */
  readonly name: string;
  readonly shape: readonly number[];
  /** Its first values. */
  readonly init: (random: Random, size: number) => ArrayLike<number>;
}

/** N(0, 1/√fanIn), the deviation that keeps the variance of a linear layer's output that of its input. */
export const normal =
  (fanIn: number, gain = 1): ParameterSpec['init'] =>
  (random, size) =>
    random.normals(size).map((v) => (v * gain) / Math.sqrt(fanIn));
export const constant =
  (value: number): ParameterSpec['init'] =>
  (_, size) =>
    new Float32Array(size).fill(value);

/** Slices start where a binding may: every 256 bytes of the narrowest type, two bytes. */
const SLICE = 128;

export interface Slice extends ParameterSpec {
  /** First element. */
  readonly from: number;
}

export interface Layout {
  readonly slices: readonly Slice[];
  /** Elements in all, with the gaps between slices, which stay 0. */
  readonly size: number;
  /** Without the gaps: the number of parameters. */
  readonly count: number;
}

export function layoutOf(specs: readonly ParameterSpec[]): Layout {
  let size = 0;
  let count = 0;
  const slices = specs.map((spec) => {
    const from = size;
    count += sizeOf(spec.shape);
    size = Math.ceil((from + sizeOf(spec.shape)) / SLICE) * SLICE;
    return { ...spec, from };
  });
  return { slices, size, count };
}

/** Memory for one number per parameter, and its slices. */
export interface Flat {
  readonly whole: DeviceTensor;
  readonly slices: ReadonlyMap<string, DeviceTensor>;
}

export function flat(scope: Scope, label: string, dtype: DType, { slices, size }: Layout): Flat {
  const whole = scope.tensor(label, { dtype, shape: [size] });
  return {
    whole,
    slices: new Map(
      slices.map(({ name, shape, from }) => [
        name,
        { label: `${label} ${name}`, dtype, shape, buffer: whole.buffer, offset: from * dtypeBytes(dtype) },
      ]),
    ),
  };
}

/** First values of all parameters, each drawn after the other from `random`. */
export function initialValues({ slices, size }: Layout, random: Random): HostTensor {
  const values = new Float32Array(size);
  for (const { shape, init, from } of slices) values.set(init(random, sizeOf(shape)), from);
  return tensor('f32', [size], values);
}

/** Writes `values`, rounded to the type of `memory`. */
export function fill(device: Device, memory: DeviceTensor, values: HostTensor): void {
  write(
    device,
    memory,
    memory.dtype === values.dtype ? values : tensor(memory.dtype, memory.shape, values.data),
  );
}
