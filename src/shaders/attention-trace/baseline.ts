/** The same walk on one core in float32: online softmax over key tiles for every row, its diary for one. */
import type { Baseline } from '@/gpu/kernel';
import { dims, EMPTY_LSE, keyRange } from '../attention/dims';
import type { TraceAttrs } from './kernel';

export const baseline: Baseline<TraceAttrs> = (inputs, attrs) => {
  const specs = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [name, { dtype: 'f32' as const, shape }]),
  );
  const d = dims({ inputs: specs, attrs });
  const { B, H, Hkv, S, T, D, scale } = d;
  const { 'tile-q': tileQ, 'tile-k': tileK } = attrs;
  const [q, k, v] = [inputs.q!.data, inputs.k!.data, inputs.v!.data];
  const mask = (inputs as Readonly<Record<string, { data: ArrayLike<number> } | undefined>>).mask?.data;
  const o = new Float32Array(B * H * S * D);
  const lse = new Float32Array(B * H * S);
  const tiles = Math.ceil(T / tileK);
  const trace = new Float32Array(tiles * (3 + D));
  const score = new Float32Array(tileK);
  for (let row = 0; row < B * H * S; row++) {
    const s = row % S;
    const head = Math.floor(row / S);
    const plane = (Math.floor(head / H) * Hkv + Math.floor(((head % H) * Hkv) / H)) * T;
    const [first, last] = keyRange(d, s);
    const top = Math.floor(s / tileQ) * tileQ;
    const from = keyRange(d, top)[0];
    const to = keyRange(d, Math.min(S, top + tileQ) - 1)[1];
    const acc = o.subarray(row * D, (row + 1) * D);
    let [m, l] = [EMPTY_LSE, 0];
    for (let j = 0; j < tiles; j++) {
      const [begin, end] = [j * tileK, Math.min(T, (j + 1) * tileK)];
      const visited = begin < to && end > from;
      let most = m;
      const [low, high] = [Math.max(begin, first), Math.min(end, last)];
      for (let t = low; t < high; t++) {
        if (mask && mask[s * T + t] === 0) continue;
        let dot = 0;
        for (let c = 0; c < D; c++) dot += q[row * D + c]! * k[(plane + t) * D + c]!;
        score[t - begin] = dot * scale;
        most = Math.max(most, score[t - begin]!);
      }
      const alpha = l > 0 ? Math.exp(m - most) : 0;
      l *= alpha;
      for (let c = 0; c < D; c++) acc[c]! *= alpha;
      m = most;
      for (let t = low; t < high; t++) {
        if (mask && mask[s * T + t] === 0) continue;
        const p = Math.exp(score[t - begin]! - m);
        l += p;
        for (let c = 0; c < D; c++) acc[c]! += p * v[(plane + t) * D + c]!;
      }
      if (row === attrs.row) trace.set([m, l, visited ? 1 : 0, ...acc], j * (3 + D));
    }
    if (l > 0) for (let c = 0; c < D; c++) acc[c]! /= l;
    lse[row] = l > 0 ? m + Math.log(l) : EMPTY_LSE;
  }
  return { o, lse, trace };
};
