/** What the workgroup of the picked row holds now, and that row's running m, ℓ and O as the kernel traced them. */
import type { Text } from '@/lib/text';
import { bytes, significant } from '@/ui/format';
import { onChipBytes } from '../tiles';
import type { RowTrace } from '../walk';
import type { Board } from './TileOverlay';
import style from './view.module.css';

interface ChipPanelProps {
  readonly board: Board;
  readonly trace: RowTrace | undefined;
  readonly fresh: boolean;
  readonly t: (text: Text) => string;
}

export function ChipPanel({ board, trace, fresh, t }: ChipPanelProps) {
  const { d, tiling, row, at } = board;
  const { tileQ, tileK } = tiling;
  const top = Math.floor(row / tileQ) * tileQ;
  const span = (from: number, size: number, all: number): string =>
    `${from}–${Math.min(all, from + size) - 1}`;
  const walking = at * tileK < d.T;
  const skipped = trace?.steps[at]?.visited === false;
  const tile = (rows: number): string => bytes(4 * rows * d.D);
  const keys = walking && !skipped ? span(at * tileK, tileK, d.T) : '–';
  return (
    <div className={style.chip} data-stale={!fresh}>
      <h3>{t({ en: 'On chip', zh: '片上' })}</h3>
      <table className={style.holdings}>
        <tbody>
          <tr>
            <th scope="row">Q</th>
            <td>{span(top, tileQ, d.S)}</td>
            <td>{tile(tileQ)}</td>
          </tr>
          <tr className={style.current}>
            <th scope="row">K, V</th>
            <td>{keys}</td>
            <td>2 × {tile(tileK)}</td>
          </tr>
          <tr>
            <th scope="row">O, m, ℓ</th>
            <td>{span(top, tileQ, d.S)}</td>
            <td>{bytes(4 * tileQ * (d.D + 2))}</td>
          </tr>
          <tr className={style.total}>
            <th scope="row">{t({ en: 'together', zh: '合计' })}</th>
            <td />
            <td>{bytes(onChipBytes(tiling, d.D))}</td>
          </tr>
        </tbody>
      </table>
      <h3>{t({ en: `Row ${row} so far`, zh: `第 ${row} 行的累计` })}</h3>
      {trace ? <Running trace={trace} at={at} t={t} /> : <div className={style.pending} />}
    </div>
  );
}

function Running({
  trace,
  at,
  t,
}: {
  readonly trace: RowTrace;
  readonly at: number;
  readonly t: (text: Text) => string;
}) {
  const { steps } = trace;
  const done = at >= steps.length;
  const now = steps[Math.min(at, steps.length - 1)];
  const before = steps.slice(0, at).findLast((step) => step.visited);
  if (!now) return null;
  const seen = steps.slice(0, at + 1).filter((step) => step.visited);
  const state = now.visited ? now : before;
  const factor = now.visited && before && !done ? Math.exp(before.m - now.m) : undefined;
  const o = done ? trace.o : (state?.o ?? now.o.map(() => 0));
  const most = done
    ? largest([trace.o])
    : largest(steps.filter((step) => step.visited).map((step) => step.o));
  return (
    <>
      <dl className={style.running}>
        <div>
          <dt>m</dt>
          <dd>
            {state ? significant(state.m) : '–'}
            <Spark values={seen.map(({ m }) => m)} all={steps.length} />
          </dd>
          <dd className={style.hint}>{t({ en: 'largest logit', zh: '最大 logit' })}</dd>
        </div>
        <div>
          <dt>ℓ</dt>
          <dd>
            {state ? significant(state.l) : '–'}
            <Spark values={seen.map(({ l }) => l)} all={steps.length} />
          </dd>
          <dd className={style.hint}>{t({ en: 'Σ exp(s − m)', zh: 'Σ exp(s − m)' })}</dd>
        </div>
        <div>
          <dt>{done ? 'lse' : 'α'}</dt>
          <dd>{done ? significant(trace.lse) : factor === undefined ? '–' : significant(factor)}</dd>
          <dd className={style.hint}>
            {done ? 'm + ln ℓ' : t({ en: 'exp(m old − m new)', zh: 'exp(m 旧 − m 新)' })}
          </dd>
        </div>
      </dl>
      <Bars
        values={o}
        most={most}
        label={done ? 'O / ℓ' : t({ en: 'O, not yet divided', zh: 'O（尚未相除）' })}
      />
    </>
  );
}

const largest = (rows: readonly Float32Array[]): number =>
  Math.max(1e-30, ...rows.map((row) => row.reduce((a, b) => Math.max(a, Math.abs(b)), 0)));

/** The path so far, one point a tile. */
function Spark({ values, all }: { readonly values: readonly number[]; readonly all: number }) {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values.map(
    (v, i) => `${(60 * (i + 0.5)) / Math.max(1, all)},${15 - (12 * (v - low)) / span}`,
  );
  return (
    <svg className={style.spark} viewBox="0 0 60 18" aria-hidden>
      <polyline points={points.join(' ')} />
      {values.length > 0 && (
        <circle cx={points.at(-1)?.split(',')[0]} cy={points.at(-1)?.split(',')[1]} r="2" />
      )}
    </svg>
  );
}

function Bars({
  values,
  most,
  label,
}: {
  readonly values: Float32Array;
  readonly most: number;
  readonly label: string;
}) {
  return (
    <figure className={style.bars}>
      <svg viewBox={`0 -1.05 ${values.length} 2.1`} preserveAspectRatio="none" role="img" aria-label={label}>
        {Array.from(values, (value, i) => {
          const tall = Math.abs(value) / most;
          return (
            <rect
              key={i}
              x={i + 0.12}
              width={0.76}
              y={value > 0 ? -tall : 0}
              height={tall}
              className={value > 0 ? style.positive : style.negative}
            />
          );
        })}
        <line x1={0} x2={values.length} y1={0} y2={0} />
      </svg>
      <figcaption>
        <span>{label}</span>
        <span>±{significant(most)}</span>
      </figcaption>
    </figure>
  );
}
