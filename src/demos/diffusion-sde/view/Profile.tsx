/** The densities at one moment over the frame: the process's own as an area, the runs' as lines. */
import { kindLabels, kinds } from '../kinds';
import { BINS, type Densities } from '../density';
import { significant } from '@/ui/format';
import { css } from './colours';
import type { View } from './types';
import style from './view.module.css';

interface ProfileProps {
  readonly view: View;
  readonly densities: Densities;
  readonly column: number;
}

const [WIDTH, HEIGHT] = [640, 150];

export function Profile({ view: { session, t }, densities, column }: ProfileProps) {
  const { levels, exact, runs, axis } = densities;
  const at = (values: Float32Array): number[] =>
    Array.from({ length: BINS }, (_, i) => values[(BINS - 1 - i) * levels.length + column]!);
  const own = at(exact);
  const drawn = kinds.map((kind) => ({ kind, values: at(runs[kind]) }));
  const most = 1.05 * Math.max(...own, ...drawn.flatMap(({ values }) => values));
  const y = (value: number): number => HEIGHT * (1 - value / most);
  const points = (values: readonly number[]): string =>
    values.map((value, i) => `${((i + 0.5) * WIDTH) / BINS},${y(value).toFixed(1)}`).join(' ');
  // Half the sum of differences: the share of particles that lie in the wrong cell.
  const wrong = (values: readonly number[]): number =>
    values.reduce((sum, value, i) => sum + Math.abs(value - own[i]!) / BINS, 0);
  const half = session?.window(levels[column]!) ?? 1;
  return (
    <figure className={style.panel}>
      <figcaption className={style.note}>
        {t({
          en: `Density along ${axis} at this moment; the area is the process’s own. Share of particles in a wrong cell: `,
          zh: `此刻沿 ${axis} 的密度；阴影为过程本身。落入错误格子的粒子比例：`,
        })}
        {drawn.map(({ kind, values }, i) => (
          <span key={kind}>
            {i > 0 && t({ en: ', ', zh: '、' })}
            <span className={style.key} style={{ borderColor: css(kind) }}>
              {t(kindLabels[kind])}
            </span>{' '}
            {(100 * wrong(values)).toFixed(1)} %
          </span>
        ))}
        {t({ en: '; sampling noise alone puts some there.', zh: '；仅抽样噪声也会造成一部分。' })}
      </figcaption>
      <svg
        className={style.profile}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t({
          en: `Densities over ${axis} at this moment, from ${significant(-half)} to ${significant(half)}`,
          zh: `此刻沿 ${axis} 的密度，从 ${significant(-half)} 到 ${significant(half)}`,
        })}
      >
        <polygon points={`0,${HEIGHT} ${points(own)} ${WIDTH},${HEIGHT}`} fill="var(--line)" />
        {drawn.map(({ kind, values }) => (
          <polyline
            key={kind}
            points={points(values)}
            fill="none"
            stroke={css(kind)}
            strokeWidth="1.5"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      <div className={style.ends} aria-hidden>
        <span>{`${axis} = ${significant(-half)}`}</span>
        <span>0</span>
        <span>{significant(half)}</span>
      </div>
    </figure>
  );
}
