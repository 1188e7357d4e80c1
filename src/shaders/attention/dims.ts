/**
 * What every attention kernel shares: its attributes, the sizes read off its tensors, and the WGSL that says
 * which keys a query sees. Letters: batch B, query heads H, key/value heads Hkv, queries S, keys T, head size D.
 */
import { f32, u32, type Attribute, type Binding, type Scalar, type Shader } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import type { Specs, TensorSpec } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import maskCode from '../lib/attention-mask.wgsl?raw';
import noMaskCode from '../lib/attention-no-mask.wgsl?raw';
import seenCode from '../lib/attention-seen.wgsl?raw';
import visibleCode from '../lib/attention-visible.wgsl?raw';

export interface AttentionAttrs {
  /** Query s stands at position p = s + T − S and sees keys t ≤ p. */
  readonly causal: boolean;
  /** Factor of q·k, default 1/√D. */
  readonly scale: number | null;
  /** Sees p − w < t; without `causal` also t < p + w. */
  readonly window: number | null;
}

export const attentionAttrs: Readonly<Record<keyof AttentionAttrs, Attribute>> = {
  causal: { kind: 'boolean', default: false },
  scale: { kind: 'number', default: null },
  window: { kind: 'number', default: null, integer: true, min: 1 },
};

/** `lse` of a row that sees nothing: the lowest finite f32. */
export const EMPTY_LSE = -3.4028234663852886e38;

export interface Dims {
  readonly B: number;
  readonly H: number;
  readonly Hkv: number;
  readonly S: number;
  readonly T: number;
  readonly D: number;
  readonly scale: number;
  readonly causal: boolean;
  /** At most max(S, T), which restricts nothing: so there is always a window. */
  readonly window: number;
  readonly hasMask: boolean;
}

/** The largest head that every variant takes. */
const NARROW = 256;
/** The largest of all, which only the kernels in three passes take: where queries and keys are whole images. */
export const WIDE = 512;

/** Sizes of q [B,H,S,D], k and v [B,Hkv,T,D], mask [S,T]; throws for shapes that do not fit together. */
export function dims(
  { inputs, attrs }: { readonly inputs: Specs; readonly attrs: AttentionAttrs },
  most = NARROW,
): Dims {
  const { q, k, v, mask } = inputs as Readonly<Record<string, TensorSpec | undefined>>;
  const [B, H, S, D] = shape4('q', q, '[B, H, S, D]');
  if (D % 4 !== 0 || D < 16 || D > most)
    reject('q', q, {
      en: `a last size D that is a multiple of 4 from 16 to ${most}`,
      zh: `最后一维 D 须是 16 到 ${most} 之间 4 的倍数`,
    });
  const [, Hkv, T] = shape4('k', k, '[B, Hkv, T, D]');
  if (H % Hkv !== 0) {
    reject('k', k, {
      en: `[${B}, Hkv, T, ${D}] where Hkv divides H = ${H}`,
      zh: `[${B}, Hkv, T, ${D}]，其中 Hkv 整除 H = ${H}`,
    });
  }
  expectShape('k', k, [B, Hkv, T, D]);
  expectShape('v', v, [B, Hkv, T, D]);
  if (mask) expectShape('mask', mask, [S, T]);
  for (const [name, spec] of Object.entries({ k, v })) {
    if (spec?.dtype !== q?.dtype)
      throw new LabError('input.dtype', { name, got: spec?.dtype, allowed: `${q?.dtype ?? ''} (as q)` });
  }
  const { causal, scale, window } = attrs;
  if (window !== null && (!Number.isInteger(window) || window < 1))
    throw new LabError('attr.value', {
      name: 'window',
      got: window,
      allowed: 'null or a whole number from 1',
    });
  if (scale !== null && !Number.isFinite(Math.fround(scale)))
    throw new LabError('attr.value', { name: 'scale', got: scale, allowed: 'null or a finite f32' });
  const widest = Math.max(S, T);
  return {
    ...{ B, H, Hkv, S, T, D, causal },
    scale: scale ?? 1 / Math.sqrt(D),
    window: Math.min(window ?? widest, widest),
    hasMask: mask !== undefined,
  };
}

/** Whether a head is wider than the fused variants have room for. */
export const isWide = (problem: Parameters<typeof dims>[0]): boolean => dims(problem, WIDE).D > NARROW;

function shape4(
  name: string,
  spec: TensorSpec | undefined,
  allowed: string,
): [number, number, number, number] {
  const [a, b, c, d] = spec?.shape ?? [];
  if (spec?.shape.length !== 4 || !a || !b || !c || !d)
    reject(name, spec, { en: `${allowed}, no size 0`, zh: `${allowed}，各维都不为 0` });
  return [a, b, c, d];
}

function expectShape(name: string, spec: TensorSpec | undefined, want: readonly number[]) {
  if (spec?.shape.join() !== want.join()) reject(name, spec, `[${want.join(', ')}]`);
}

function reject(name: string, spec: TensorSpec | undefined, allowed: Text | string): never {
  throw new LabError('input.shape', { name, got: (spec?.shape ?? []).join(', '), allowed });
}

/** Keys t in [first, last) that query s sees by `causal` and `window`; the same arithmetic as `key_range` in WGSL. */
export function keyRange({ S, T, causal, window }: Dims, s: number): [first: number, last: number] {
  const p = s + T - S;
  const first = Math.max(0, p - window + 1);
  return [first, Math.max(first, Math.min(T, causal ? p + 1 : p + window))];
}

/** Σ min(i, c) for i from 1 to m. */
const cappedSum = (m: number, c: number): number =>
  m <= c ? (m * (m + 1)) / 2 : (c * (c + 1)) / 2 + (m - c) * c;

/** Pairs (s, t) that `causal` and `window` leave, of one head: what the arithmetic is counted by. In closed form, as
 * pages ask for it at every size they consider. */
export function visiblePairs({ S, T, causal, window: w }: Dims): number {
  // Queries stand at p = T − S … T − 1; those at p ≥ 0 see min(p + 1, w) keys up to their own place.
  const first = Math.max(0, T - S);
  const upTo = cappedSum(T, w) - cappedSum(first, w);
  if (causal) return upTo;
  const after = cappedSum(T - 1 - first, w - 1);
  // Where queries outnumber keys, those before the first key see the p + w keys after them.
  const before = S > T ? cappedSum(w - 1, T) - cappedSum(Math.max(0, T - S + w - 1), T) : 0;
  return upTo + after + before;
}

/** `key_range`, `query_range`, `allowed` for shaders whose pass has `visibleConstants`, `visibleParams` and `maskBinding`. */
export const visibleShader = ({ hasMask }: Dims): Shader => ({
  file: 'lib/attention-visible.wgsl',
  code: visibleCode,
  uses: [
    hasMask
      ? { file: 'lib/attention-mask.wgsl', code: maskCode }
      : { file: 'lib/attention-no-mask.wgsl', code: noMaskCode },
  ],
});

/** `seen_keys`, `seen_by`, and what `visibleShader` gives. */
export const seenShader = (d: Dims): Shader => ({
  file: 'lib/attention-seen.wgsl',
  code: seenCode,
  uses: [visibleShader(d)],
});

/** Only what changes the bindings: each further constant would be another pipeline to compile. */
export const visibleConstants = ({ hasMask }: Dims) => ({ HAS_MASK: hasMask });

export const visibleParams = (d: Dims): Readonly<Record<'S' | 'T' | 'window' | 'causal', Scalar>> => ({
  S: u32(d.S),
  T: u32(d.T),
  window: u32(d.window),
  causal: u32(d.causal ? 1 : 0),
});

export const maskBinding = ({ hasMask }: Dims): readonly Binding[] =>
  hasMask ? [{ name: 'mask', access: 'read' }] : [];

/** scale·log₂e: kernels work with exp2, and ln 2 comes back in `lse`. */
export const scaleLog2 = ({ scale }: Dims): Scalar => f32(Math.fround(scale * Math.LOG2E));

export const scaleParam = ({ scale }: Dims): Scalar => f32(Math.fround(scale));
