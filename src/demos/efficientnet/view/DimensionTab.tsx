/** Scaling one dimension against scaling all: what the same multiply-adds cost in parameters, memory and time. */
import { useMemo, useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import type { Text } from '@/lib/text';
import type { SeriesRole } from '@/lab/demo';
import { Button } from '@/ui/Button';
import { Chart } from '@/ui/Chart';
import type { ChartPoint } from '@/ui/chartData';
import { remaining } from '@/ui/format';
import type { Latency } from '../latency';
import { dimensionNames, dimensions, nearest, type Dimension } from '../dimension';
import { Progress } from './Progress';
import type { TabProps } from './types';
import { useTask } from './useTask';
import style from './view.module.css';

type Measure = 'parameters' | 'memory' | 'time';
const measures: Readonly<Record<Measure, { readonly title: Text; readonly unit?: string }>> = {
  parameters: { title: { en: 'Parameters', zh: '参数量' } },
  memory: { title: { en: 'Activations, memory reused', zh: '激活内存（复用）' }, unit: 'bytes' },
  time: { title: { en: 'Time, measured here', zh: '本机实测耗时' }, unit: 'ms' },
};
const roles: Readonly<Record<Dimension, SeriesRole>> = {
  ...{ depth: 'naive', width: 'alternative', resolution: 'cpu', all: 'fused' },
};
const ends = [4, 8, 16, 32] as const;

export function DimensionTab({ view }: TabProps) {
  const { t, lang, params, session, cpuOnly } = view;
  const { alpha, beta, gamma, resolution, seed } = params;
  const task = useTask(view);
  const [measure, setMeasure] = useState<Measure>('parameters');
  const [end, setEnd] = useState<number>(4);
  const lines = useMemo(() => {
    const times = Array.from({ length: Math.log2(end) + 1 }, (_, i) => 2 ** i);
    const base = { alpha, beta, gamma, resolution, seed };
    return dimensions.map((dimension) => ({
      dimension,
      points: times.flatMap((each) => {
        const found = nearest(dimension, each, base);
        return found ? [{ key: `${JSON.stringify(found.scales)} ${seed}`, ...found }] : [];
      }),
    }));
  }, [alpha, beta, gamma, resolution, seed, end]);
  // By the network and its image: B0 stands at the start of every line and is timed once.
  const [times, setTimes] = useState<ReadonlyMap<string, Latency['timeMs']>>(new Map());
  const gpu = session && 'time' in session ? session : undefined;
  const left = [
    ...new Map(lines.flatMap(({ points }) => points.map((point) => [point.key, point] as const))).values(),
  ]
    .filter(({ key }) => !times.has(key))
    .sort((a, b) => a.counts.macs - b.counts.macs);
  const leftMs = gpu ? left.reduce((sum, point) => sum + gpu.expectedMs(point), 0) : 0;
  const start = (): void => {
    setMeasure('time');
    task.start('dimensions', async (running, signal, report) => {
      for (const [i, point] of left.entries()) {
        report(i, left.length);
        const { timeMs } = await running.time(point, signal);
        setTimes((before) => new Map([...before, [point.key, timeMs]]));
      }
    });
  };
  const pointOf = ({ key, counts }: (typeof left)[number]): ChartPoint => {
    const x = counts.macs;
    if (measure === 'parameters') return { x, y: counts.parameters };
    if (measure === 'memory') return { x, y: counts.activations.shared };
    const found = times.get(key);
    return found ? { x, y: found.median, low: found.p10, high: found.p90 } : { x, y: null };
  };
  const { title, unit } = measures[measure];
  return (
    <div className={style.stack}>
      <div className={style.fields}>
        <div className={style.names} role="group" aria-label={t({ en: 'What is shown', zh: '显示内容' })}>
          {(Object.keys(measures) as Measure[])
            .filter((each) => each !== 'time' || !cpuOnly)
            .map((each) => (
              <Button key={each} aria-pressed={measure === each} onClick={() => setMeasure(each)}>
                {t(measures[each].title)}
              </Button>
            ))}
        </div>
        <div className={style.names} role="group" aria-label={t({ en: 'Up to', zh: '上限' })}>
          {ends.map((each) => (
            <Button key={each} aria-pressed={end === each} onClick={() => setEnd(each)}>
              {t({ en: `up to ${each} ×`, zh: `至 ${each} 倍` })}
            </Button>
          ))}
        </div>
      </div>
      <Chart
        title={t({
          en: `${t(title)} over multiply-adds: B0 made larger in one dimension, and in all`,
          zh: `${t(title)}随乘加次数的变化：只放大一个维度，与三者同时放大`,
        })}
        x={{ label: t({ en: 'multiply-adds of an image', zh: '每张图像的乘加次数' }), scale: 'log' }}
        y={{ label: t(title), scale: 'log', ...(unit === undefined ? {} : { unit }) }}
        lines={lines.map(({ dimension, points }) => ({
          ...{ id: dimension, role: roles[dimension], label: t(dimensionNames[dimension]) },
          points: points.map(pointOf),
        }))}
        aside={
          !cpuOnly &&
          left.length > 0 && (
            <Button disabled={!gpu || task.running !== undefined} onClick={start}>
              {t({
                en: `Time ${left.length} networks · ${remaining(leftMs, lang)}`,
                zh: `测量 ${left.length} 个网络 · ${remaining(leftMs, lang)}`,
              })}
            </Button>
          )
        }
      >
        <Progress view={view} task={task} leftMs={leftMs} label={t({ en: 'Measuring', zh: '测量中' })} />
        {task.failure && <p role="alert">{sentenceOf(task.failure.error, lang)}</p>}
        <p className={style.note}>
          {t({
            en: 'Each point is the network of its line that comes nearest to 1, 2, 4, … times B0’s multiply-adds; layers and channels come whole, so lines do not meet exactly. Where they do meet, they pay differently: width in parameters, resolution in memory, and time follows neither alone.',
            zh: '每个点是该曲线上乘加次数最接近 B0 的 1、2、4……倍的网络；层数与通道数只能取整，所以各线的点不会完全对齐。即使乘加次数相同，代价也不同：加宽费参数，提高分辨率费内存，而耗时不只取决于其中之一。',
          })}
        </p>
      </Chart>
    </div>
  );
}
