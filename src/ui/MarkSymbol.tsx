/** A line's mark, in charts and in their legends alike. */
import type { Mark } from './roles';

const shapes: Readonly<Record<Mark, string>> = {
  circle: 'M-3.2 0a3.2 3.2 0 106.4 0a3.2 3.2 0 10-6.4 0z',
  square: 'M-3 -3h6v6h-6z',
  diamond: 'M0 -4.2L4.2 0L0 4.2L-4.2 0z',
  triangle: 'M0 -4L3.8 3H-3.8z',
  wye: 'M0 4L3.8 -3H-3.8z',
  star: 'M0 -4.4L1.3 -1.4L4.4 -1.2L2 .9L2.8 4L0 2.3L-2.8 4L-2 .9L-4.4 -1.2L-1.3 -1.4z',
  cross: 'M-3 -1h2v-2h2v2h2v2h-2v2h-2v-2h-2z',
};

interface MarkSymbolProps {
  readonly mark: Mark;
  readonly colour: string;
  readonly hollow?: boolean;
  readonly cx?: number;
  readonly cy?: number;
}

export function MarkSymbol({ mark, colour, hollow = false, cx = 0, cy = 0 }: MarkSymbolProps) {
  return (
    <path
      d={shapes[mark]}
      transform={`translate(${cx} ${cy})`}
      fill={hollow ? 'var(--page)' : colour}
      stroke={hollow ? colour : 'var(--page)'}
      strokeWidth={hollow ? 1.5 : 0.75}
    />
  );
}
