/** Tensors in host memory: a type, a shape (row-major) and plain typed arrays; f16 is kept as its bits. */
import { decodeHalf, encodeHalf } from './half';

export const dtypes = ['f32', 'f16', 'i32', 'u32', 'u8'] as const;
export type DType = (typeof dtypes)[number];

export interface TensorSpec {
  readonly dtype: DType;
  readonly shape: readonly number[];
}

export type HostData =
  | Float32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

export interface HostTensor extends TensorSpec {
  readonly data: HostData;
}

export type Specs = Readonly<Record<string, TensorSpec>>;
export type HostTensors = Readonly<Record<string, HostTensor>>;

const arrays = {
  f32: Float32Array,
  f16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  u8: Uint8Array,
} as const;

export const dtypeBytes = (dtype: DType): number => arrays[dtype].BYTES_PER_ELEMENT;
export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
export const byteLength = (spec: TensorSpec): number => sizeOf(spec.shape) * dtypeBytes(spec.dtype);
export const isFloat = (dtype: DType): boolean => dtype === 'f32' || dtype === 'f16';

/** A typed view of raw bytes (little endian, as WebGPU and safetensors have it). */
export function viewOf(spec: TensorSpec, bytes: ArrayBuffer, offset = 0): HostTensor {
  const size = sizeOf(spec.shape);
  return { ...spec, data: new arrays[spec.dtype](bytes, offset, size) };
}

/** Rounds numbers to `dtype` (f16: nearest even; integers: truncated) and shapes them. */
export function tensor(dtype: DType, shape: readonly number[], values: ArrayLike<number>): HostTensor {
  if (values.length !== sizeOf(shape))
    throw new RangeError(`${values.length} values for shape [${shape.join(', ')}]`);
  return { dtype, shape, data: dtype === 'f16' ? encodeHalf(values) : new arrays[dtype](values) };
}

/** The values as numbers, exactly as stored. */
export function valuesOf(t: HostTensor): Exclude<HostData, Uint16Array> {
  return t.data instanceof Uint16Array ? decodeHalf(t.data) : t.data;
}

export function convert(t: HostTensor, dtype: DType): HostTensor {
  return t.dtype === dtype ? t : tensor(dtype, t.shape, valuesOf(t));
}

/** The values in double precision: what references compute from. */
export const toFloat64 = (t: HostTensor): Float64Array => Float64Array.from(valuesOf(t));
