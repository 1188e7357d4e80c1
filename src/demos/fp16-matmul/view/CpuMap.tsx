/** The errors where there is no GPU to paint them: sampled elements on an ordinary canvas. */
import { useEffect, useRef } from 'react';
import { colourAt, type Rgb } from '@/ui/colormap';
import { NO_NUMBER } from '@/shaders/draw-heatmap/paint';
import type { Analysis } from '../product';
import style from './view.module.css';

const MOST = 256;
const mark: Rgb = [213, 94, 0];

interface CpuMapProps {
  readonly analysis: Analysis;
  readonly columns: number;
  readonly label: string;
}

export function CpuMap({ analysis, columns, label }: CpuMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const { map, rows, range } = analysis;
    const [height, width] = [Math.min(MOST, rows.length), Math.min(MOST, columns)];
    const image = new ImageData(width, height);
    const [low, high] = [Math.log2(range.low), Math.log2(range.high)];
    for (let y = 0; y < height; y++) {
      const row = Math.floor((y * rows.length) / height);
      for (let x = 0; x < width; x++) {
        const error = map[row * columns + Math.floor((x * columns) / width)]!;
        const at = (Math.log2(Math.max(error, range.low)) - low) / (high - low);
        const colour = error >= NO_NUMBER ? mark : colourAt('viridis', at);
        image.data.set([...colour, 255], 4 * (y * width + x));
      }
    }
    context.canvas.width = width;
    context.canvas.height = height;
    context.putImageData(image, 0, 0);
  }, [analysis, columns]);
  return <canvas ref={canvas} className={style.plain} role="img" aria-label={label} />;
}
