/** q, k and v of a session: seeded normals, the patches of an image, or tensors from a file. */
import type { AttentionAttrs } from '@/shaders/attention/dims';
import type { Context } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { decodeImage, type Image } from '@/lib/image';
import { Random } from '@/lib/random';
import { inspect, load } from '@/lib/safetensors';
import {
  convert,
  dtypeBytes,
  isFloat,
  sizeOf,
  tensor,
  viewOf,
  type DType,
  type HostTensor,
  type HostTensors,
  type TensorSpec,
} from '@/lib/tensor';
import type { Params } from './params';
import { CELL, features, sideOf, square } from './patches';
import { drawScene } from './scene';

export interface Inputs {
  /** q [B,H,S,D], k and v [B,Hkv,T,D], perhaps mask [S,T]. */
  readonly tensors: HostTensors & { readonly q: HostTensor; readonly k: HostTensor; readonly v: HostTensor };
  /** The square picture that was cut, and its patches along one side. */
  readonly picture?: { readonly image: Image; readonly side: number };
}

export interface Shape {
  readonly B: number;
  readonly H: number;
  readonly Hkv: number;
  readonly S: number;
  readonly T: number;
  readonly D: number;
}

export const attrsOf = ({ causal, window }: Pick<Params, 'causal' | 'window'>): AttentionAttrs => ({
  causal,
  window: window === 0 ? null : window,
  scale: null,
});

/** The sizes that the parameters ask for; queries and keys are as many. */
export const shapeOf = (params: Params): Shape => ({
  B: params.batch,
  H: params.heads,
  Hkv: params['kv-heads'] === 0 ? params.heads : params['kv-heads'],
  S: params.n,
  T: params.n,
  D: params['head-dim'],
});

/** q, k and v that the parameters alone make. */
export function specsOf(params: Params): Readonly<Record<'q' | 'k' | 'v', TensorSpec>> {
  const { B, H, Hkv, S, D } = shapeOf(params);
  const N = params.input === 'image' ? sideOf(S) ** 2 : S;
  const spec = (heads: number): TensorSpec => ({ dtype: params.dtype, shape: [B, heads, N, D] });
  return { q: spec(H), k: spec(Hkv), v: spec(Hkv) };
}

/** Sizes as they stand in tensors q and k. */
export function shapeIn(
  q: { readonly shape: readonly number[] },
  k: { readonly shape: readonly number[] },
): Shape {
  const [B = 0, H = 0, S = 0, D = 0] = q.shape;
  return { B, H, Hkv: k.shape[1] ?? 0, S, T: k.shape[2] ?? 0, D };
}

export async function makeInputs(
  files: Context['files'],
  params: Params,
  signal: AbortSignal,
): Promise<Inputs> {
  if (params.input === 'file' && files.tensors)
    return { tensors: fromFile(files.tensors, params.tensors?.name ?? 'tensors', params.dtype) };
  if (params.input === 'image') return fromImage(files.image, params);
  // A link may name a file that is not here: until it is opened, random numbers stand in.
  return { tensors: await random(shapeOf(params), params.dtype, params.seed, signal) };
}

/** Standard normals; q, k and v are three streams of one seed, so that changing one size leaves the others alone. */
export async function random(
  { B, H, Hkv, S, T, D }: Shape,
  dtype: DType,
  seed: number,
  signal: AbortSignal,
): Promise<Inputs['tensors']> {
  return {
    q: await normals(dtype, [B, H, S, D], new Random(seed, 1), signal),
    k: await normals(dtype, [B, Hkv, T, D], new Random(seed, 2), signal),
    v: await normals(dtype, [B, Hkv, T, D], new Random(seed, 3), signal),
  };
}

/** A page must answer while millions of numbers are drawn: a pause after each part. */
const PART = 1 << 17;

export async function normals(
  dtype: DType,
  shape: readonly number[],
  source: Random,
  signal: AbortSignal,
): Promise<HostTensor> {
  const size = sizeOf(shape);
  const { data } = viewOf({ dtype, shape }, new ArrayBuffer(size * dtypeBytes(dtype)));
  for (let at = 0; at < size; at += PART) {
    if (at > 0) {
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
    const part = source.normals(Math.min(PART, size - at));
    data.set(tensor(dtype, [part.length], part).data, at);
  }
  return { dtype, shape, data };
}

async function fromImage(bytes: Uint8Array<ArrayBuffer> | undefined, params: Params): Promise<Inputs> {
  const side = sideOf(params.n);
  const image = bytes ? await decodeImage(bytes, params.image?.name) : drawScene();
  const picture = square(image, CELL * side);
  const { B, H, Hkv, D } = shapeOf(params);
  const ofKeys = features(picture, side, Hkv, D);
  const plane = side * side * D;
  // A query head compares what its key head holds: q = k = v.
  const repeat = (heads: number): HostTensor => {
    const data = new Float32Array(B * heads * plane);
    for (let i = 0; i < B * heads; i++) {
      const from = Math.floor(((i % heads) * Hkv) / heads);
      data.set(ofKeys.subarray(from * plane, (from + 1) * plane), i * plane);
    }
    return tensor(params.dtype, [B, heads, side * side, D], data);
  };
  return { tensors: { q: repeat(H), k: repeat(Hkv), v: repeat(Hkv) }, picture: { image: picture, side } };
}

/** Tensors named q, k, v and perhaps mask; missing leading sizes are 1, floats become `dtype`. */
export function fromFile(bytes: Uint8Array, file: string, dtype: 'f32' | 'f16'): Inputs['tensors'] {
  const { tensors } = inspect(bytes, file);
  const floats = (name: 'q' | 'k' | 'v'): HostTensor => {
    const stored = tensors.get(name);
    if (!stored) throw new LabError('input.missing', { name, allowed: 'q, k, v' });
    const found = load(bytes, name, stored, file);
    if (!isFloat(found.dtype))
      throw new LabError('input.dtype', { name, got: stored.stored, allowed: 'F64, F32, F16, BF16' });
    const rank = found.shape.length;
    if (rank < 2 || rank > 4)
      throw new LabError('input.shape', {
        name,
        got: found.shape.join(', '),
        allowed: { en: 'two to four sizes', zh: '二到四维' },
      });
    const shape = [...Array<number>(4 - rank).fill(1), ...found.shape];
    return { ...convert(found, dtype), shape };
  };
  const mask = tensors.get('mask');
  const given = { q: floats('q'), k: floats('k'), v: floats('v') };
  return mask ? { ...given, mask: load(bytes, 'mask', mask, file) } : given;
}
