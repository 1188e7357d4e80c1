/** A matrix as a heatmap where there is no GPU to paint it: an ordinary canvas, a pixel for each value, enlarged. */
import { useEffect, useRef, type ReactNode } from 'react';
import { colourAt } from './colormap';
import style from './GpuCanvas.module.css';

interface PlainHeatmapProps {
  /** Row by row, the first at the top. */
  readonly values: ArrayLike<number>;
  readonly columns: number;
  readonly low?: number;
  readonly high: number;
  /** What is seen, for a screen reader. */
  readonly label: string;
  /** Width over height, default that of the matrix. */
  readonly aspect?: number;
  /** Laid over the picture. */
  readonly children?: ReactNode;
}

export function PlainHeatmap({ values, columns, low = 0, high, label, aspect, children }: PlainHeatmapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const rows = values.length / columns;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = new ImageData(columns, rows);
    for (let i = 0; i < rows * columns; i++)
      image.data.set([...colourAt('viridis', (values[i]! - low) / (high - low)), 255], 4 * i);
    context.canvas.width = columns;
    context.canvas.height = rows;
    context.putImageData(image, 0, 0);
  }, [values, columns, rows, low, high]);
  return (
    <div className={style.frame} style={{ aspectRatio: String(aspect ?? columns / rows) }}>
      <canvas ref={canvas} className={style.canvas} role="img" aria-label={label} />
      {children}
    </div>
  );
}
