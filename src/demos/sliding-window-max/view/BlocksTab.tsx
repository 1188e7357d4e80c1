/** Van Herk's blocks: the running maxima g and h that the kernel wrote, and the window that joins two of them. */
import { useState } from 'react';
import { Scrubber } from '@/ui/Scrubber';
import { useAsk } from '@/ui/useAsk';
import { Waiting } from '@/ui/Waiting';
import type { TabProps } from './types';
import { Bars, short } from './Bars';
import { MOST_K, stretchAt } from './stretch';
import { StretchField } from './StretchField';
import { TooWide } from './TooWide';
import style from './view.module.css';

export function BlocksTab({ view, place, move }: TabProps) {
  const { session, params, cpuOnly, t } = view;
  const [at, setAt] = useState(0);
  const stretch = session && params.k <= MOST_K ? stretchAt(session, place) : null;
  const { from, count } = { from: stretch?.from ?? 0, count: stretch?.values.length ?? 0 };
  const k = Math.max(1, Math.min(params.k, count));
  const { value: trace } = useAsk(
    view,
    async (running, signal) =>
      count > 0 ? { k, ...(await running.trace(from, count, k, signal)) } : undefined,
    [from, count, k],
  );
  if (session && params.k > MOST_K) return <TooWide view={view} />;
  if (!stretch || !trace) return <Waiting height="18rem" />;
  const { x, g, h, y } = trace;
  const [low, high] = [Math.min(...x), Math.max(...x)];
  const q = Math.min(at, y.length - 1);
  const e = q + trace.k - 1;
  const border = (i: number) => i % trace.k === 0 && ('first' as const);
  const equation = `y = max(h[${q + from}], g[${e + from}]) = max(${short(h[q]!)}, ${short(g[e]!)}) = ${short(y[q]!)}`;
  const common = { low, high, height: 4.5 };
  return (
    <div className={style.stack}>
      <StretchField view={view} stretch={stretch} onMove={move} />
      <Bars
        {...common}
        name="x"
        values={x}
        label={t({ en: `Samples: ${x.map(short).join(', ')}`, zh: `样本：${x.map(short).join('，')}` })}
        marks={(i) => [border(i), i >= q && i <= e && 'inside']}
      />
      <Bars
        {...common}
        name="h"
        values={h}
        label={t({
          en: `Maxima from each sample to its block's end: ${h.map(short).join(', ')}`,
          zh: `从各样本到所在块末尾的最大值：${h.map(short).join('，')}`,
        })}
        marks={(i) => [border(i), i === q && 'held']}
      />
      <Bars
        {...common}
        name="g"
        values={g}
        label={t({
          en: `Maxima from each block's start to the sample: ${g.map(short).join(', ')}`,
          zh: `从块开头到各样本的最大值：${g.map(short).join('，')}`,
        })}
        marks={(i) => [border(i), i === e && 'held']}
      />
      <Bars
        {...common}
        name="y"
        values={x.map((_, i) => y[i] ?? null)}
        label={t({ en: `Maxima: ${y.map(short).join(', ')}`, zh: `最大值：${y.map(short).join('，')}` })}
        marks={(i) => [i === q && 'answer', i > q && 'later']}
      />
      <p className={style.sentence} aria-live="polite">
        {t({
          en: `The window from ${q + from} to ${e + from} is ${q % trace.k === 0 ? 'exactly one block' : 'the end of one block and the start of the next'}: ${equation}.`,
          zh: `从 ${q + from} 到 ${e + from} 的窗口${q % trace.k === 0 ? '恰好是一整块' : '由前一块的末段和后一块的开头拼成'}：${equation}。`,
        })}
      </p>
      <Scrubber
        length={y.length}
        at={q}
        onMove={setAt}
        perSecond={1.5}
        label={t({ en: 'Window', zh: '窗口位置' })}
        caption={`y[${q + from}]`}
      />
      <p className={style.note}>
        {t({
          en: cpuOnly
            ? 'Vertical lines are block borders, k samples apart. Without a GPU, g and h were computed here.'
            : 'Vertical lines are block borders, k samples apart. g and h were read back from the buffers that the van Herk kernel filled.',
          zh: cpuOnly
            ? '竖线是块的边界，间隔 k 个样本。没有 GPU，g 与 h 在此页面直接算出。'
            : '竖线是块的边界，间隔 k 个样本。g 与 h 取自 van Herk 内核写出的缓冲区。',
        })}
      </p>
    </div>
  );
}
