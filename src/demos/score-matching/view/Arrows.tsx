/** Both fields as arrows on a coarse grid over some of the data: long ones are compressed, so that all can be seen. */
import { GRID, type Judgement } from '@/methods/score/field';
import style from './view.module.css';

/** Of the map's cells, every so many. */
const EVERY = 3;
const DOTS = 300;

interface ArrowsProps {
  readonly judgement: Judgement;
  readonly label: string;
}

export function Arrows({ judgement, label }: ArrowsProps) {
  const { ground, score } = judgement;
  const { half, x } = ground;
  const cell = (2 * EVERY) / GRID;
  const places = Array.from({ length: GRID * GRID }, (_, i) => i).filter(
    (i) => (i % GRID) % EVERY === 1 && Math.floor(i / GRID) % EVERY === 1,
  );
  const dots = Array.from({ length: DOTS }, (_, i) => GRID * GRID + i);
  const paths = (of: ArrayLike<number>): string =>
    places
      .map((i) => {
        const [a, b] = [of[2 * i]!, of[2 * i + 1]!];
        const size = Math.hypot(a, b);
        const length = (0.95 * cell) / (size + 0.5 * ground.size);
        const [px, py] = [x[2 * i]! / half, -x[2 * i + 1]! / half];
        const [qx, qy] = [px + length * a, py - length * b];
        // The head: two short strokes back from the tip.
        const [bx, by] = [-0.28 * length * a, 0.28 * length * b];
        const wing = (sign: number): string =>
          `M${f(qx)} ${f(qy)}l${f(bx - sign * 0.6 * by)} ${f(by + sign * 0.6 * bx)}`;
        return `M${f(px)} ${f(py)}L${f(qx)} ${f(qy)}${wing(1)}${wing(-1)}`;
      })
      .join('');
  return (
    <svg className={style.plain} viewBox="-1 -1 2 2" role="img" aria-label={label}>
      {dots.map((i) => (
        <circle
          key={i}
          cx={x[2 * i]! / half}
          cy={-x[2 * i + 1]! / half}
          r="0.008"
          fill="var(--line-strong)"
          opacity="0.5"
        />
      ))}
      <path d={paths(ground.score)} fill="none" stroke="var(--role-predicted)" strokeWidth="0.012" />
      <path d={paths(score)} fill="none" stroke="var(--role-naive)" strokeWidth="0.008" />
    </svg>
  );
}

const f = (value: number): string => (Number.isFinite(value) ? value.toFixed(4) : '0');
