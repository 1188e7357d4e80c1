/**
 * Bindings may be as small as 128 MiB: a problem whose tensors are larger is cut into runs of whole matrices, and a
 * matrix that is too large itself into runs of its rows, each bound at an offset.
 */
import { dtypeBytes } from '@/lib/tensor';
import type { Binding } from '@/gpu/kernel';
import type { Dims, Operand } from './dims';

export interface Block {
  readonly batch0: number;
  readonly batches: number;
  readonly row0: number;
  readonly rows: number;
}

/** Where a binding begins and ends, in elements of the tensor. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Bindings begin at multiples of so many bytes. */
const ALIGNMENT = 256;

export function blocksOf(d: Dims, limit: number): Block[] {
  const bytes = dtypeBytes(d.dtype);
  const cut = (block: Block): Block[] => {
    const spans = [spanOf(d, d.a, block), spanOf(d, d.b, block), spanOfC(d, block)];
    if (spans.every(({ from, to }) => (to - from) * bytes + ALIGNMENT <= limit)) return [block];
    // C is written by quads of elements: a cut may not go through one.
    if (block.batches > 1) {
      const half = evenly(block.batches, (d.M * d.N) % 4 === 0 ? 1 : 4);
      if (half === undefined) return [block];
      return [
        ...cut({ ...block, batches: half }),
        ...cut({ ...block, batch0: block.batch0 + half, batches: block.batches - half }),
      ];
    }
    const half = d.a.transposed ? undefined : evenly(block.rows, d.N % 4 === 0 ? 1 : 4);
    if (half === undefined) return [block];
    return [
      ...cut({ ...block, rows: half }),
      ...cut({ ...block, row0: block.row0 + half, rows: block.rows - half }),
    ];
  };
  return cut({ batch0: 0, batches: d.batches, row0: 0, rows: d.M });
}

function evenly(count: number, multiple: number): number | undefined {
  const half = Math.ceil(count / 2 / multiple) * multiple;
  return half < count ? half : undefined;
}

/** Elements of A or B that a block reads. */
export function spanOf(d: Dims, operand: Operand, { batch0, batches, row0, rows }: Block): Span {
  const isA = operand === d.a;
  const size = isA ? d.M * d.K : d.K * d.N;
  if (batches === d.batches && rows === d.M) return { from: 0, to: operand.planes * size };
  let [first, last] = [Infinity, 0];
  for (let batch = batch0; batch < batch0 + batches; batch++) {
    const plane = planeOf(d, operand, batch);
    first = Math.min(first, plane);
    last = Math.max(last, plane);
  }
  if (!isA || rows === d.M) return { from: first * size, to: (last + 1) * size };
  return { from: first * size + row0 * d.K, to: first * size + (row0 + rows) * d.K };
}

const spanOfC = ({ M, N }: Dims, { batch0, batches, row0, rows }: Block): Span =>
  rows === M
    ? { from: batch0 * M * N, to: (batch0 + batches) * M * N }
    : { from: (batch0 * M + row0) * N, to: (batch0 * M + row0 + rows) * N };

/** As `plane_of` in planes.wgsl. */
export function planeOf({ sizes }: Dims, { steps }: Operand, batch: number): number {
  let plane = 0;
  for (let axis = 3; axis >= 0; axis--) {
    plane += (batch % sizes[axis]!) * steps[axis]!;
    batch = Math.floor(batch / sizes[axis]!);
  }
  return plane;
}

interface Bound {
  readonly range: Pick<Binding, 'offset' | 'size'>;
  /** What a shader adds to a place in the tensor to find it in the binding, modulo 2³². */
  readonly at: number;
}

/** `unit`: elements to an index of the binding. */
function bound({ from, to }: Span, whole: boolean, bytes: number, unit: number): Bound {
  if (whole) return { range: {}, at: 0 };
  const offset = Math.floor((from * bytes) / ALIGNMENT) * ALIGNMENT;
  return {
    range: { offset, size: Math.ceil((to * bytes - offset) / 16) * 16 },
    at: (from - offset / bytes) / unit,
  };
}

export function boundOperand(d: Dims, operand: Operand, block: Block, unit: number): Bound {
  const span = spanOf(d, operand, block);
  const size = operand === d.a ? d.M * d.K : d.K * d.N;
  const found = bound(span, span.to - span.from === operand.planes * size, dtypeBytes(d.dtype), unit);
  // Shaders count from the first plane of the tensor, which may lie before the binding.
  const plane = Math.floor(span.from / size);
  return { ...found, at: (found.at - (plane * size) / unit) >>> 0 };
}

export function boundC(d: Dims, block: Block): Bound {
  const whole = block.rows === d.M && block.batches === d.batches;
  return bound(spanOfC(d, block), whole, dtypeBytes(d.dtype), 4);
}

/** Whether the rows of a tensor that plays `operand` are whole quads, and so its k. */
export const isQuads = (d: Dims, operand: Operand): boolean => {
  const [along, across] = operand === d.a ? [d.K, d.M] : [d.N, d.K];
  return (operand.transposed ? across : along) % 4 === 0 && d.K % 4 === 0;
};
