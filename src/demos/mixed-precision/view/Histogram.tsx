/** Bars over log₂|g| with the ranges of binary16 behind them: what becomes zero, subnormal, normal, infinite. */
import { useState } from 'react';
import { Button } from '@/ui/Button';
import { count, superscript } from '@/ui/format';
import type { Text } from '@/lib/text';
import { BINS, counters, LOWEST } from '@/shaders/statistics/counts';
import style from './view.module.css';

interface HistogramProps {
  readonly t: (text: Text) => string;
  readonly exact: Uint32Array;
  readonly stored: Uint32Array;
}

const ranges = [
  { from: LOWEST, to: -25, kind: 'zero', label: { en: 'becomes 0', zh: '变成 0' } },
  { from: -25, to: -14, kind: 'subnormal', label: { en: 'subnormal', zh: '次正规' } },
  { from: -14, to: 16, kind: 'normal', label: { en: 'FP16 normal', zh: 'FP16 正规数' } },
  { from: 16, to: LOWEST + BINS, kind: 'infinite', label: { en: '∞', zh: '∞' } },
] as const;
const HEIGHT = 40;

export function Histogram({ t, exact, stored }: HistogramProps) {
  const [table, setTable] = useState(false);
  const bins = (counts: Uint32Array): number[] => [...counts.subarray(counters.length)];
  const [a, b] = [bins(exact), bins(stored)];
  const most = Math.max(1, ...a, ...b);
  const title = t({
    en: 'How many gradients have which size, log₂|g × scale|',
    zh: '各数量级的梯度个数，log₂|g × 缩放|',
  });
  return (
    <figure className={style.histogram}>
      <div className={style.head}>
        <figcaption>{title}</figcaption>
        <Button aria-pressed={table} onClick={() => setTable(!table)}>
          {t({ en: 'Table', zh: '表格' })}
        </Button>
      </div>
      <ul className={style.legend}>
        <li>
          <i className={style.exactKey} /> {t({ en: 'computed in f32', zh: 'f32 计算' })}
        </li>
        <li>
          <i className={style.storedKey} /> {t({ en: 'as stored by this mode', zh: '该模式实际存储' })}
        </li>
      </ul>
      {table ? (
        <div className={style.table} role="region" aria-label={title} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">log₂|g|</th>
                <th scope="col">f32</th>
                <th scope="col">{t({ en: 'stored', zh: '存储' })}</th>
              </tr>
            </thead>
            <tbody>
              {a.map((n, i) =>
                n === 0 && b[i] === 0 ? null : (
                  <tr key={i}>
                    <th scope="row">{LOWEST + i}</th>
                    <td>{count(n)}</td>
                    <td>{count(b[i]!)}</td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </div>
      ) : (
        <svg
          viewBox={`${LOWEST} 0 ${BINS} ${HEIGHT + 8}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${title}. ${t({ en: 'The table holds the same numbers.', zh: '表格中有同样的数据。' })}`}
        >
          {ranges.map(({ from, to, kind }) => (
            <rect key={kind} x={from} y={0} width={to - from} height={HEIGHT} className={style[kind]} />
          ))}
          {b.map((n, i) => (
            <rect
              key={i}
              x={LOWEST + i + 0.1}
              y={HEIGHT - (HEIGHT * n) / most}
              width={0.8}
              height={(HEIGHT * n) / most}
              className={style.stored}
            />
          ))}
          <path d={outline(a.map((n) => (HEIGHT * n) / most))} className={style.exact} />
        </svg>
      )}
      {!table && (
        <div className={style.axis} aria-hidden>
          {ranges.map(({ from, to, kind, label }) => (
            <span
              key={kind}
              style={{ left: `${(100 * (from - LOWEST)) / BINS}%`, width: `${(100 * (to - from)) / BINS}%` }}
            >
              <b>{from === LOWEST ? '' : `2${superscript(from)}`}</b> {t(label)}
            </span>
          ))}
        </div>
      )}
    </figure>
  );
}

const outline = (heights: readonly number[]): string =>
  `M${LOWEST} ${HEIGHT}` + heights.map((h, i) => `V${HEIGHT - h}H${LOWEST + i + 1}`).join('') + `V${HEIGHT}`;
