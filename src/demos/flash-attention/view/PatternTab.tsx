/** The attention pattern, drawn by the GPU from q, k and lse: every value under the pointer or by its numbers. */
import { useState } from 'react';
import { quantity } from '@/ui/format';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { Legend } from '@/ui/Legend';
import type { TabProps } from './tab';
import { CpuPattern } from './CpuPattern';
import { Fields, HeadField, NumberField } from './Fields';
import { aspectOf, cellAt, usePatternOf } from './usePatternOf';
import style from './view.module.css';

export function PatternTab({ view, picked, pick }: TabProps) {
  const { session, generation, t } = view;
  const drawing = usePatternOf({ view, picked });
  const [key, setKey] = useState(0);
  const [over, setOver] = useState<{ row: number; key: number } | null>(null);
  const { S, T } = session?.shape ?? { S: 1, T: 1 };
  const at = over ?? { row: picked.row, key: Math.min(key, T - 1) };
  const value = session?.ready === true ? session.probabilities.at(picked.head, at.row, at.key) : null;
  const label = t({
    en: `Attention pattern: ${S} queries down, ${T} keys across. Arrow keys, + and − move over it.`,
    zh: `注意力图：纵向 ${S} 个查询，横向 ${T} 个键。用方向键、+ 和 − 移动与缩放。`,
  });
  return (
    <div className={style.stack}>
      <Fields>
        <HeadField view={view} picked={picked} pick={pick} />
        <NumberField
          label={t({ en: 'Query', zh: '查询' })}
          value={picked.row}
          most={S - 1}
          onChange={(row) => pick({ row })}
        />
        <NumberField
          label={t({ en: 'Key', zh: '键' })}
          value={Math.min(key, T - 1)}
          most={T - 1}
          onChange={setKey}
        />
        <output className={style.reading} aria-live="polite">
          P[{at.row}, {at.key}] = {value === null ? '–' : quantity(value)}
        </output>
      </Fields>
      <div className={style.square}>
        {view.cpuOnly ? (
          <CpuPattern session={session} head={picked.head} label={label} />
        ) : (
          <GpuCanvas
            session={drawing}
            generation={generation}
            aspect={aspectOf(session?.shape)}
            zoomable
            label={label}
            onHover={(point) => setOver(point && cellAt(point, { S, T }))}
            onPick={(point) => {
              const { row, key: picked } = cellAt(point, { S, T });
              pick({ row });
              setKey(picked);
            }}
          />
        )}
      </div>
      <Legend
        low={0}
        high={1}
        label={t({
          en: 'P; the middle colour is 1/T, as much as looking everywhere alike',
          zh: 'P；中间的颜色为 1/T，相当于平均地看所有键',
        })}
      />
      <p className={style.note}>
        {t({
          en: 'No kernel stored this matrix. Each pixel rebuilds its entry from q, k and the row’s lse: P = exp(q·k/√D − lse), as the backward pass does.',
          zh: '没有内核存过这个矩阵。每个像素都由 q、k 和该行的 lse 重新算出：P = exp(q·k/√D − lse)，与反向传播的做法相同。',
        })}
      </p>
    </div>
  );
}
