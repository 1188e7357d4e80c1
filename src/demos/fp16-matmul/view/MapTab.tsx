/** The error of every element: painted by the GPU, read by pointer or by row and column. */
import { useState } from 'react';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { Legend } from '@/ui/Legend';
import { count, quantity, scientific } from '@/ui/format';
import { Waiting } from '@/ui/Waiting';
import type { Cell } from '../product';
import { CpuMap } from './CpuMap';
import { HalfNote } from './HalfNote';
import { Place } from './Place';
import type { TabProps, View } from './types';
import style from './view.module.css';

export function MapTab({ view }: TabProps) {
  const { session, generation, cpuOnly, t } = view;
  const [picked, setPicked] = useState({ row: 0, column: 0 });
  const [over, setOver] = useState<typeof picked | null>(null);
  const result = session?.result;
  if (!session || !result) return <Waiting aspect={1} width="34rem" />;
  const { m, n } = session.sizes;
  const rows = result.rows.length;
  const inside = ({ row, column }: typeof picked): typeof picked => ({
    row: Math.min(row, rows - 1),
    column: Math.min(column, n - 1),
  });
  const at = inside(over ?? picked);
  const cellAt = ({ x, y }: { readonly x: number; readonly y: number }): typeof picked =>
    inside({ row: Math.max(0, Math.floor(y * rows)), column: Math.max(0, Math.floor(x * n)) });
  const label = t({
    en: `Error of C: ${rows} rows down, ${n} columns across. Arrow keys, + and − move over it.`,
    zh: `C 的误差：纵向 ${rows} 行，横向 ${n} 列。用方向键、+ 和 − 移动与缩放。`,
  });
  return (
    <div className={style.stack}>
      <Place rows={rows} columns={n} at={inside(picked)} onChange={setPicked} t={t} />
      <Reading cell={session.cell(at.row, at.column)} t={t} />
      <div className={style.square}>
        {cpuOnly ? (
          <CpuMap analysis={result} columns={n} label={label} />
        ) : (
          <GpuCanvas
            session={session}
            generation={generation}
            aspect={1}
            zoomable
            label={label}
            onHover={(point) => setOver(point && cellAt(point))}
            onPick={(point) => setPicked(cellAt(point))}
          />
        )}
      </div>
      <Legend
        low={result.range.low}
        high={result.range.high}
        label={t({ en: '|error| of an element, logarithmic', zh: '元素的 |误差|（对数）' })}
      />
      <p className={style.note}>
        {rows < m
          ? t({
              en: `Against float64, in a worker: ${count(rows)} of ${count(m)} rows, drawn evenly, since the reference of all would take too long.`,
              zh: `在工作线程中与 float64 对照：均匀抽取 ${count(m)} 行中的 ${count(rows)} 行，全部计算参考值太慢。`,
            })
          : t({
              en: 'Every element against float64, computed in a worker from the numbers as stored.',
              zh: '每个元素都与 float64 对照；参考值由工作线程根据存储后的数值算出。',
            })}{' '}
        {result.errors.overflowed > 0 &&
          t({
            en: `${count(result.errors.overflowed)} elements overflowed (vermilion).`,
            zh: `有 ${count(result.errors.overflowed)} 个元素溢出（朱红色）。`,
          })}
      </p>
      <HalfNote view={view} />
    </div>
  );
}

function Reading({ cell, t }: { readonly cell: Cell; readonly t: View['t'] }) {
  const { row, column, value, expected, error, ulps } = cell;
  const number = (x: number): string =>
    Number.isFinite(x) ? String(Number(x.toPrecision(8))).replace('-', '−') : quantity(x);
  return (
    <output className={style.reading} aria-live="polite">
      c[{row}, {column}] = {number(value)} · float64 {number(expected)} · {t({ en: 'error', zh: '误差' })}{' '}
      {scientific(error)} ({quantity(Number(ulps.toPrecision(3)))} ulp)
    </output>
  );
}
