/** Small grey images in a grid, painted by hand: ink is dark on light paper in both themes. */
import { useEffect, useRef } from 'react';
import style from './view.module.css';

interface DigitGridProps {
  /** [count, side²] in [−1, 1], paper −1. */
  readonly images: Float32Array;
  readonly side: number;
  readonly columns: number;
  readonly label: string;
  readonly chosen?: number;
  readonly onPick?: (image: number) => void;
}

export function DigitGrid({ images, side, columns, label, chosen, onPick }: DigitGridProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const count = images.length / (side * side);
  const rows = Math.ceil(count / columns);
  const pitch = side + 1;
  const [width, height] = [columns * pitch + 1, rows * pitch + 1];
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const picture = context.createImageData(width, height);
    for (let i = 0; i < count; i++) {
      const [left, top] = [(i % columns) * pitch + 1, Math.floor(i / columns) * pitch + 1];
      for (let c = 0; c < side * side; c++) {
        const at = 4 * ((top + Math.floor(c / side)) * width + left + (c % side));
        const grey = 255 * Math.min(1, Math.max(0, (1 - images[i * side * side + c]!) / 2));
        picture.data.set([grey, grey, grey, 255], at);
      }
    }
    context.putImageData(picture, 0, 0);
  }, [images, side, columns, count, pitch, width, height]);
  const mark = (i: number): React.CSSProperties => ({
    left: `${(100 * (i % columns) * pitch) / width}%`,
    top: `${(100 * Math.floor(i / columns) * pitch) / height}%`,
    width: `${(100 * (pitch + 1)) / width}%`,
    height: `${(100 * (pitch + 1)) / height}%`,
  });
  return (
    <div className={style.digits}>
      <canvas ref={canvas} width={width} height={height} role="img" aria-label={label} />
      {onPick &&
        Array.from({ length: count }, (_, i) => (
          <button
            key={i}
            type="button"
            className={style.pick}
            style={mark(i)}
            aria-label={`${label} ${i + 1}`}
            aria-pressed={i === chosen}
            onClick={() => onPick(i)}
          />
        ))}
    </div>
  );
}
