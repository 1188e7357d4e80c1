/** The pattern where there is no GPU to draw it: sampled entries on an ordinary canvas. */
import { useEffect, useRef } from 'react';
import { colourAt } from '@/ui/colormap';
import { gammaOf } from '../pattern';
import type { View } from './tab';
import style from './view.module.css';

const MOST = 192;

interface CpuPatternProps {
  readonly session: View['session'];
  readonly head: number;
  readonly label: string;
}

export function CpuPattern({ session, head, label }: CpuPatternProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || session?.ready !== true) return;
    const { S, T } = session.shape;
    const [rows, columns] = [Math.min(MOST, S), Math.min(MOST, T)];
    const image = new ImageData(columns, rows);
    for (let y = 0; y < rows; y++) {
      const s = Math.floor((y * S) / rows);
      const row = Float32Array.from({ length: columns }, (_, x) =>
        session.probabilities.at(head, s, Math.floor((x * T) / columns)),
      );
      // What may not be seen stays clear.
      row.forEach((p, x) => {
        if (p > 0) image.data.set([...colourAt('viridis', p ** gammaOf(T)), 255], 4 * (y * columns + x));
      });
    }
    context.canvas.width = columns;
    context.canvas.height = rows;
    context.putImageData(image, 0, 0);
  });
  return <canvas ref={canvas} className={style.plain} role="img" aria-label={label} />;
}
