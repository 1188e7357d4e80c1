/** What the kernel, its reference and its baseline agree on: attributes, the window that is seen, colours. */
import { LabError } from '@/lib/errors';
import type { Specs } from '@/lib/tensor';
import { viridis } from '../draw-attention/paint';

export interface HeatmapAttrs {
  /** Column and row at the image's upper left corner. */
  readonly x0: number;
  readonly y0: number;
  /** Columns and rows that a pixel covers. */
  readonly across: number;
  readonly down: number;
  readonly width: number;
  readonly height: number;
  /** The values of the first and the last colour. */
  readonly low: number;
  readonly high: number;
  /** Colours follow log₂ x; then low > 0, and what is smaller has the first colour. */
  readonly log: boolean;
  readonly dark: boolean;
}

/** From this on a value stands for "no number here" (overflow): it is marked, since WGSL need not know infinities. */
export const NO_NUMBER = 3e38;

const pack = (r: number, g: number, b: number): number => (r | (g << 8) | (b << 16) | (255 << 24)) >>> 0;
/** Vermilion, which viridis has not. */
export const MARK = pack(213, 94, 0);
export const outside = (dark: boolean): number => (dark ? pack(24, 24, 27) : pack(255, 255, 255));

/** Samples per axis of a pixel: enough for every cell up to eight. */
export const samplesOf = (cells: number): number => Math.min(8, Math.max(1, Math.ceil(cells)));

export const sizesOf = (inputs: Specs): { readonly rows: number; readonly columns: number } => {
  const shape = inputs.x?.shape ?? [];
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2 || rows < 1 || columns < 1)
    throw new LabError('input.shape', { name: 'x', got: shape.join(', '), allowed: '[rows, columns]' });
  return { rows, columns };
};

/** low and high on the scale of the colours. */
export function endsOf({ low, high, log }: HeatmapAttrs): { readonly from: number; readonly span: number } {
  if (log && low <= 0) throw new LabError('attr.value', { name: 'low', got: low, allowed: '> 0 with log' });
  const [from, to] = log ? [Math.log2(low), Math.log2(high)] : [low, high];
  if (!(to > from)) throw new LabError('attr.value', { name: 'high', got: high, allowed: `> low = ${low}` });
  return { from: Math.fround(from), span: Math.fround(to - from) };
}

/** The colour of the largest value that a pixel saw. */
export function colourOf(value: number, attrs: HeatmapAttrs): number {
  if (value >= NO_NUMBER) return MARK;
  const { from, span } = endsOf(attrs);
  const at = attrs.log ? Math.log2(Math.max(value, attrs.low)) : value;
  return viridis(Math.min(1, Math.max(0, (at - from) / span)));
}
