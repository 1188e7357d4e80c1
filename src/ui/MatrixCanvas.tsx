/** A matrix on an ordinary canvas, for where there is no GPU to paint it: viridis, a cell a pixel, enlarged by the browser. */
import { useEffect, useRef, type PointerEvent } from 'react';
import type { Point } from './camera';
import { colourAt, type Rgb } from './colormap';
import style from './MatrixCanvas.module.css';

interface MatrixCanvasProps {
  /** Row by row, the first at the top. */
  readonly values: ArrayLike<number>;
  readonly columns: number;
  readonly low: number;
  readonly high: number;
  /** Colours follow the logarithm. */
  readonly log?: boolean;
  /** From this on a value has the mark's colour. */
  readonly missing?: { readonly from: number; readonly colour: Rgb };
  /** Width over height; default that of the matrix. */
  readonly aspect?: number;
  readonly label: string;
  /** In [0, 1]² of the picture. */
  readonly onHover?: (point: Point | null) => void;
  readonly onPick?: (point: Point) => void;
}

export function MatrixCanvas(props: MatrixCanvasProps) {
  const { values, columns, low, high, log = false, missing, aspect, label, onHover, onPick } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const rows = Math.floor(values.length / columns);
    const image = new ImageData(columns, rows);
    const on = (value: number): number => (log ? Math.log2(Math.max(value, low)) : value);
    const [from, to] = [on(low), on(high)];
    for (let i = 0; i < rows * columns; i++) {
      const value = values[i]!;
      const isMissing = missing !== undefined && value >= missing.from;
      const colour = isMissing ? missing.colour : colourAt('viridis', (on(value) - from) / (to - from));
      image.data.set([...colour, 255], 4 * i);
    }
    context.canvas.width = columns;
    context.canvas.height = rows;
    context.putImageData(image, 0, 0);
  }, [values, columns, low, high, log, missing]);
  const at = ({ currentTarget, clientX, clientY }: PointerEvent): Point => {
    const box = currentTarget.getBoundingClientRect();
    return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
  };
  return (
    <canvas
      ref={canvas}
      className={style.canvas}
      style={aspect === undefined ? undefined : { aspectRatio: aspect }}
      role="img"
      aria-label={label}
      onPointerMove={(event) => onHover?.(at(event))}
      onPointerLeave={() => onHover?.(null)}
      onPointerUp={(event) => onPick?.(at(event))}
    />
  );
}
