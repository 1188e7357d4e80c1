/** The errors where there is no GPU to paint them: sampled elements on an ordinary canvas. */
import { useMemo } from 'react';
import { NO_NUMBER } from '@/shaders/draw-heatmap/paint';
import { MatrixCanvas } from '@/ui/MatrixCanvas';
import type { Analysis } from '../product';

const MOST = 256;
const missing = { from: NO_NUMBER, colour: [213, 94, 0] } as const;

interface CpuMapProps {
  readonly analysis: Analysis;
  readonly columns: number;
  readonly label: string;
}

export function CpuMap({ analysis, columns, label }: CpuMapProps) {
  const { map, rows, range } = analysis;
  const [height, width] = [Math.min(MOST, rows.length), Math.min(MOST, columns)];
  const values = useMemo(
    () =>
      Float32Array.from({ length: width * height }, (_, i) => {
        const row = Math.floor((Math.floor(i / width) * rows.length) / height);
        return map[row * columns + Math.floor(((i % width) * columns) / width)]!;
      }),
    [map, rows, columns, width, height],
  );
  return <MatrixCanvas {...range} log columns={width} aspect={1} {...{ values, missing, label }} />;
}
