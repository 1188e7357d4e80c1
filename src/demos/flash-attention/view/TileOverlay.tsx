/** Drawn over the pattern and along its edges: the tiles, those skipped, those done, the one on chip, the row. */
import { useId } from 'react';
import type { Dims } from '@/shaders/attention/dims';
import { tileCount, tileRange, type Tiling } from '../tiles';
import style from './view.module.css';

export interface Board {
  readonly d: Dims;
  readonly tiling: Tiling;
  /** The picked query row. */
  readonly row: number;
  /** The key tile on chip; past the last one, the walk is done. */
  readonly at: number;
}

/** With more lines than this the picture would be all lines. */
const MOST_LINES = 48;

const linesAt = (size: number, tile: number): number[] => {
  const count = tileCount(size, tile);
  return count > MOST_LINES ? [] : Array.from({ length: count - 1 }, (_, i) => (i + 1) * tile);
};

export function TileOverlay({ board }: { readonly board: Board }) {
  const hatch = useId();
  const { d, tiling, row, at } = board;
  const { tileQ, tileK } = tiling;
  const top = Math.floor(row / tileQ) * tileQ;
  const height = Math.min(tileQ, d.S - top);
  const done = Math.min(d.T, (at + 1) * tileK);
  const walking = at * tileK < d.T;
  return (
    <svg className={style.overlay} viewBox={`0 0 ${d.T} ${d.S}`} aria-hidden>
      <defs>
        <pattern
          id={hatch}
          patternUnits="userSpaceOnUse"
          width={d.T / 60}
          height={d.S / 60}
          patternTransform="rotate(45)"
        >
          <line x1="0" y1="0" x2="0" y2={d.S / 60} className={style.hatch} strokeWidth={d.T / 160} />
        </pattern>
      </defs>
      {walking && <rect x={done} y={0} width={d.T - done} height={d.S} className={style.unseen} />}
      {skippedAreas(board).map(({ x, y, width, height: tall }) => (
        <rect key={`${x} ${y}`} x={x} y={y} width={width} height={tall} fill={`url(#${hatch})`} />
      ))}
      <g className={style.lines}>
        {linesAt(d.T, tileK).map((x) => (
          <line key={x} x1={x} x2={x} y1={0} y2={d.S} />
        ))}
        {linesAt(d.S, tileQ).map((y) => (
          <line key={`q${y}`} x1={0} x2={d.T} y1={y} y2={y} />
        ))}
      </g>
      <rect x={0} y={top} width={d.T} height={height} className={style.band} />
      <line x1={0} x2={d.T} y1={row + 0.5} y2={row + 0.5} className={style.row} />
      {walking && (
        <rect
          x={at * tileK}
          y={top}
          width={Math.min(tileK, d.T - at * tileK)}
          height={height}
          className={style.tile}
        />
      )}
    </svg>
  );
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What each query tile leaves out, left and right of what it visits. */
function skippedAreas({ d, tiling }: Board): Area[] {
  const rows = tileCount(d.S, tiling.tileQ);
  if (rows > 512) return [];
  return Array.from({ length: rows }, (_, i) => {
    const [first, last] = tileRange(d, tiling, i);
    const y = i * tiling.tileQ;
    const height = Math.min(tiling.tileQ, d.S - y);
    const left = { x: 0, y, width: Math.min(d.T, first * tiling.tileK), height };
    const from = Math.min(d.T, last * tiling.tileK);
    return [left, { x: from, y, width: d.T - from, height }].filter(({ width }) => width > 0);
  }).flat();
}

interface StripProps {
  readonly board: Board;
  readonly label: string;
}

export function KeyStrip({ board: { d, tiling, at }, label }: StripProps) {
  const { tileK } = tiling;
  const from = Math.min(d.T, at * tileK);
  return (
    <div className={style.keys}>
      <span>{label}</span>
      <svg viewBox={`0 0 ${d.T} 1`} preserveAspectRatio="none" aria-hidden>
        <rect width={d.T} height="1" className={style.waiting} />
        <rect width={from} height="1" className={style.done} />
        <rect x={from} width={Math.min(tileK, d.T - from)} height="1" className={style.here} />
        <g className={style.lines}>
          {linesAt(d.T, tileK).map((x) => (
            <line key={x} x1={x} x2={x} y1={0} y2={1} />
          ))}
        </g>
      </svg>
    </div>
  );
}

export function QueryStrip({ board: { d, tiling, row }, label }: StripProps) {
  const { tileQ } = tiling;
  const top = Math.floor(row / tileQ) * tileQ;
  return (
    <div className={style.queries}>
      <span>{label}</span>
      <svg viewBox={`0 0 1 ${d.S}`} preserveAspectRatio="none" aria-hidden>
        <rect width="1" height={d.S} className={style.waiting} />
        <rect y={top} width="1" height={Math.min(tileQ, d.S - top)} className={style.here} />
        <g className={style.lines}>
          {linesAt(d.S, tileQ).map((y) => (
            <line key={y} x1={0} x2={1} y1={y} y2={y} />
          ))}
        </g>
      </svg>
    </div>
  );
}
