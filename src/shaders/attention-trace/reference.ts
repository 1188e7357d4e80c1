/**
 * The walk by its definition in float64: after key tile j, m, ℓ and O are those of the keys in tiles 0 … j at once,
 * with nothing rescaled.
 */
import type { Reference } from '@/gpu/kernel';
import { toFloat64, type HostTensor } from '@/lib/tensor';
import { dims, EMPTY_LSE, keyRange, type Dims } from '../attention/dims';
import { reference as attention } from '../attention/reference';
import type { TraceAttrs } from './kernel';

/** Key tiles [first, last) that some query of rows top … bottom sees. */
function visitedTiles(d: Dims, top: number, bottom: number, tileK: number): [number, number] {
  const from = keyRange(d, top)[0];
  const to = keyRange(d, bottom)[1];
  return to <= from ? [0, 0] : [Math.floor(from / tileK), Math.ceil(to / tileK)];
}

export const reference: Reference<TraceAttrs> = (inputs, attrs) => {
  const d = dims({ inputs, attrs });
  const { B, H, Hkv, S, T, D, scale } = d;
  const { 'tile-q': tileQ, 'tile-k': tileK, row } = attrs;
  const all = Array.from({ length: B * H * S }, (_, i) => i);
  const { o, lse } = attention(inputs, attrs, all);
  const [q, k, v] = [inputs.q!, inputs.k!, inputs.v!].map(toFloat64) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const { mask } = inputs as Readonly<Record<string, HostTensor | undefined>>;

  const s = row % S;
  const head = Math.floor(row / S);
  const plane = (Math.floor(head / H) * Hkv + Math.floor(((head % H) * Hkv) / H)) * T;
  const [first, last] = keyRange(d, s);
  const tiles = Math.ceil(T / tileK);
  const top = Math.floor(s / tileQ) * tileQ;
  const [begin, end] = visitedTiles(d, top, Math.min(S, top + tileQ) - 1, tileK);
  const trace = new Float64Array(tiles * (3 + D));
  const logit = (t: number): number => {
    let dot = 0;
    for (let c = 0; c < D; c++) dot += q[row * D + c]! * k[(plane + t) * D + c]!;
    return dot * scale;
  };
  for (let j = 0; j < tiles; j++) {
    const keys = Array.from({ length: Math.min(T, (j + 1) * tileK) }, (_, t) => t).filter(
      (t) => t >= first && t < last && (!mask || mask.data[s * T + t] !== 0),
    );
    const logits = keys.map(logit);
    const m = logits.reduce((a, b) => Math.max(a, b), EMPTY_LSE);
    const at = j * (3 + D);
    trace[at] = m;
    trace[at + 2] = j >= begin && j < end ? 1 : 0;
    keys.forEach((t, i) => {
      const p = Math.exp(logits[i]! - m);
      trace[at + 1]! += p;
      for (let c = 0; c < D; c++) trace[at + 3 + c]! += p * v[(plane + t) * D + c]!;
    });
  }

  return { o: o!, lse: lse!, trace };
};
