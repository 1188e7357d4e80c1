/**
 * Counter-based random numbers, Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
 * SC'11): block i of stream (seed, stream) depends on nothing else, so CPU and GPU agree bit for bit.
 */
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;

function mulHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const mid = aHigh * bLow + ((aLow * bLow) >>> 16);
  const mid2 = aLow * bHigh + (mid & 0xffff);
  return (aHigh * bHigh + Math.floor(mid / 65536) + Math.floor(mid2 / 65536)) >>> 0;
}

export type Block = [number, number, number, number];

export function philox(counter: Readonly<Block>, key: readonly [number, number]): Block {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(M0, c0);
    const low0 = Math.imul(M0, c0) >>> 0;
    const high1 = mulHigh(M1, c2);
    const low1 = Math.imul(M1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** A stream of numbers over Philox blocks; `stream` separates independent uses of one seed. */
export class Random {
  private block: Block = [0, 0, 0, 0];
  private used = 4;
  private index = 0;
  private spare: number | undefined;

  constructor(
    readonly seed: number,
    readonly stream = 0,
  ) {}

  /** An unsigned 32-bit integer. */
  bits(): number {
    if (this.used === 4) {
      const high = Math.floor(this.index / 2 ** 32);
      this.block = philox([this.index >>> 0, high, 0, 0], [this.seed >>> 0, this.stream >>> 0]);
      this.index++;
      this.used = 0;
    }
    return this.block[this.used++] ?? 0;
  }

  /** Uniform in (0, 1), never 0 or 1, so that its logarithm is finite. */
  uniform(): number {
    return (this.bits() + 0.5) / 2 ** 32;
  }

  /** A whole number in [low, high]. */
  int(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(0, items.length - 1)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** Standard normal (Box–Muller). */
  normal(): number {
    if (this.spare !== undefined) {
      const z = this.spare;
      this.spare = undefined;
      return z;
    }
    const radius = Math.sqrt(-2 * Math.log(this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  normals(n: number, scale = 1): Float32Array<ArrayBuffer> {
    const out = new Float32Array(n);
    for (let i = 0; i < n; i++) out[i] = this.normal() * scale;
    return out;
  }
}
