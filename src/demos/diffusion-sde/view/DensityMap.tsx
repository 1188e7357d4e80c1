/** One map of the plane with its colours' legend and the point that is read; without a GPU on an ordinary canvas. */
import { useMemo, type ReactNode } from 'react';
import type { Camera } from '@/lab/session';
import type { Range } from '@/shaders/draw-heatmap/painter';
import { Legend } from '@/ui/Legend';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { MatrixCanvas } from '@/ui/MatrixCanvas';
import type { SdeSession } from '../session';
import type { View } from './types';
import style from './view.module.css';

type Point = Readonly<{ x: number; y: number }>;

interface DensityMapProps {
  readonly view: View;
  readonly session: SdeSession;
  readonly title: ReactNode;
  /** Of the picture, for a screen reader. */
  readonly label: string;
  readonly values: Float32Array<ArrayBuffer>;
  readonly side: number;
  readonly range: Range;
  readonly legend: string;
  /** The point that is read, in [0, 1]² from the upper left. */
  readonly at: Point;
  readonly onHover: (point: Point | null) => void;
  readonly onPick: (point: Point) => void;
}

export function DensityMap(props: DensityMapProps) {
  const { view, session, title, label, values, side, range, legend, at, onHover, onPick } = props;
  const { low, high, log } = range;
  const source = useMemo(
    () => ({
      draw: (target: GPUTexture, camera: Camera) =>
        session.drawMap?.(target, camera, values, { low, high, ...(log ? { log } : {}) }),
    }),
    [session, values, low, high, log],
  );
  const cross = (
    <svg className={style.over} viewBox="0 0 1 1" aria-hidden>
      {(['#000', '#fff'] as const).map((stroke, i) => (
        <circle
          key={stroke}
          cx={at.x}
          cy={at.y}
          r="0.022"
          fill="none"
          stroke={stroke}
          strokeWidth={0.012 - 0.006 * i}
        />
      ))}
    </svg>
  );
  return (
    <figure className={style.panel}>
      <figcaption className={style.title}>{title}</figcaption>
      {view.cpuOnly ? (
        <div className={style.framed}>
          <MatrixCanvas
            columns={side}
            {...{ values, low, high, label, onHover, onPick }}
            log={log ?? false}
          />
          {cross}
        </div>
      ) : (
        <GpuCanvas session={source} generation={view.generation} aspect={1} {...{ label, onHover, onPick }}>
          {cross}
        </GpuCanvas>
      )}
      <Legend low={low} high={high} label={legend} />
    </figure>
  );
}
