/** The particles of a frame, painted from their buffer; without a GPU, some of them as dots. */
import { useMemo, type ReactNode } from 'react';
import type { Camera } from '@/lab/session';
import { valuesOf } from '@/lib/tensor';
import { GpuCanvas } from '@/ui/GpuCanvas';
import type { Kind } from '../config';
import type { Shown } from '../shown';
import type { View } from './types';
import style from './view.module.css';

/** What is drawn where there is no GPU. */
const DOTS = 512;

interface PictureProps {
  readonly view: View;
  readonly session: Shown;
  readonly kind: Kind;
  readonly frame: number;
  readonly label: string;
  /** Laid over the picture, in the square from −1 to 1. */
  readonly children?: ReactNode;
}

export function Picture({ view, session, kind, frame, label, children }: PictureProps) {
  const { generation, cpuOnly } = view;
  const { shown } = session;
  const source = useMemo(
    () => ({
      draw: (target: GPUTexture, camera: Camera) => session.drawFrame?.(target, camera, kind, frame),
    }),
    // A new result has the same session.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [session, kind, frame, shown],
  );
  if (!cpuOnly) {
    return (
      <GpuCanvas session={source} generation={generation} aspect={1} label={label}>
        <svg className={style.over} viewBox="-1 -1 2 2" aria-hidden>
          {children}
        </svg>
      </GpuCanvas>
    );
  }
  const { half, runs } = shown!;
  const { trace } = runs[kind];
  const rows = trace.shape[1]!;
  const values = valuesOf(trace);
  return (
    <svg className={style.plain} viewBox="-1 -1 2 2" role="img" aria-label={label}>
      {Array.from({ length: Math.min(DOTS, rows) }, (_, i) => {
        const at = 2 * (frame * rows + i);
        return (
          <circle
            key={i}
            cx={values[at]! / half}
            cy={-values[at + 1]! / half}
            r="0.008"
            fill="var(--role-fused)"
          />
        );
      })}
      <g className={style.labels}>{children}</g>
    </svg>
  );
}
