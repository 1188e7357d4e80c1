/** Entries of the attention pattern P = e^(scale·q·k − lse): from lse any entry can be had alone, as backward does. */
import { valuesOf, type HostTensor, type HostTensors } from '@/lib/tensor';
import { dims, keyRange, type AttentionAttrs, type Dims } from '@/shaders/attention/dims';

export class Probabilities {
  private readonly d: Dims;
  private readonly q: ArrayLike<number>;
  private readonly k: ArrayLike<number>;
  private readonly mask: ArrayLike<number> | undefined;
  private readonly lse: ArrayLike<number>;

  /** @param lse [B,H,S], as the kernel left it */
  constructor(
    inputs: HostTensors & { readonly q: HostTensor; readonly k: HostTensor },
    attrs: AttentionAttrs,
    lse: HostTensor,
  ) {
    this.d = dims({ inputs, attrs });
    this.q = valuesOf(inputs.q);
    this.k = valuesOf(inputs.k);
    const { mask } = inputs as Readonly<Record<string, HostTensor | undefined>>;
    this.mask = mask?.data;
    this.lse = valuesOf(lse);
  }

  /** How much query s of a head (b·H + h) takes of key t; 0 where it may not look. */
  at(head: number, s: number, t: number): number {
    const { S, T, D, H, Hkv, scale } = this.d;
    const [first, last] = keyRange(this.d, s);
    if (t < first || t >= last || (this.mask && this.mask[s * T + t] === 0)) return 0;
    const from = (head * S + s) * D;
    const to = ((Math.floor(head / H) * Hkv + Math.floor(((head % H) * Hkv) / H)) * T + t) * D;
    let dot = 0;
    for (let c = 0; c < D; c++) dot += this.q[from + c]! * this.k[to + c]!;
    return Math.exp(dot * scale - this.lse[head * S + s]!);
  }

  /** One row: all keys of a query. */
  row(head: number, s: number): Float32Array<ArrayBuffer> {
    return Float32Array.from({ length: this.d.T }, (_, t) => this.at(head, s, t));
  }
}
