/** Why the choice of process and of levels matters: how much trajectories bend, and what a straight step loses where. */
import type { SeriesRole } from '@/lab/demo';
import { sentenceOf } from '@/lib/errors';
import { Chart } from '@/ui/Chart';
import { significant } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import { params as schema } from '../params';
import type { Line, StepError } from '../curvature';
import type { TabProps } from './types';
import style from './view.module.css';

/** Processes, and the schedules that are theirs. */
const roles: Readonly<Record<string, SeriesRole>> = {
  ...{ edm: 'fused', vp: 'naive', ve: 'alternative', 'sub-vp': 'cpu', iddpm: 'cpu' },
  ...{ flow: 'cpu-all', ddpm: 'wasm', cosine: 'predicted' },
};
const lost = (line: Line<string, StepError>): string =>
  significant(line.values.reduce((sum, { error }) => sum + error, 0));

export function CurvatureCharts({ view }: TabProps) {
  const { t, params, lang } = view;
  const { value, error } = useAsk(view, (session, signal) => session.curvature(signal), []);
  if (error !== undefined) return <p role="alert">{sentenceOf(error, lang)}</p>;
  const errors = (lines: readonly Line<string, StepError>[], label: (name: string) => string) =>
    lines.map((line) => ({
      id: line.name,
      role: roles[line.name] ?? 'predicted',
      label: t({
        en: `${label(line.name)} (in all ${lost(line)})`,
        zh: `${label(line.name)}（合计 ${lost(line)}）`,
      }),
      points: line.values.flatMap((each) =>
        each.error > 0 && Number.isFinite(each.sigma) ? [{ x: each.sigma, y: each.error }] : [],
      ),
    }));
  const process = (name: string): string =>
    t(schema.process.options[name as keyof typeof schema.process.options]);
  const schedule = (name: string): string =>
    t(schema.schedule.options[name as keyof typeof schema.schedule.options]);
  const x = { label: 'σ', scale: 'log' } as const;
  const loss = { label: t({ en: 'loss of a step', zh: '单步损失' }), scale: 'log' } as const;
  return (
    <>
      <Chart
        title={t({
          en: 'How fast the slope dx/dt changes along trajectories of each process, per e-fold of σ',
          zh: '各过程轨迹的斜率 dx/dt 变化多快（σ 每变化 e 倍）',
        })}
        x={x}
        y={{ label: t({ en: 'relative change', zh: '相对变化' }), scale: 'log' }}
        lines={(value?.bends ?? []).map(({ name, values }) => ({
          id: name,
          role: roles[name] ?? 'predicted',
          label: process(name),
          points: values.map(({ sigma, bend }) => ({ x: sigma, y: Math.max(1e-4, bend) })),
        }))}
      />
      <Chart
        title={t({
          en: `What one straight step loses, by process, on the same 18 levels`,
          zh: '走一步直线损失多少：同样 18 个水平，按过程比较',
        })}
        {...{ x, y: loss }}
        lines={errors(value?.processes ?? [], process)}
      />
      <Chart
        title={t({
          en: `What one straight step loses, by levels, on ${schema.process.options[params.process].en}`,
          zh: `走一步直线损失多少：在 ${schema.process.options[params.process].zh} 上，按水平的安排比较`,
        })}
        {...{ x, y: loss }}
        lines={errors(value?.schedules ?? [], schedule)}
      />
      <p className={style.note}>
        {t({
          en: 'Median over 24 exact points at each level; the loss is the distance from the trajectory after one Euler step, in units of the data’s spread, from σ = 80 to 0.002. With s = 1 and σ = t, and for a flow, the slope changes only where D does; VE draws the same lines, but its clock is σ²: its speed along them changes as much as σ does, so a straight step in t misses, most where x is largest. Levels decide where the loss falls: EDM’s lose least where the noise is small, which is where an image has its detail. These distributions have little there, so levels that are even in a flow’s t lose less in all.',
          zh: '各水平取 24 个精确样本点的中位数；损失是一步 Euler 之后到真实轨迹的距离，以数据的尺度为单位，σ 从 80 到 0.002。当 s = 1、σ = t 时，以及对流匹配，斜率只在 D 变化处才变化；VE 画出同样的线，但它的时钟是 σ²：沿线的速度随 σ 成倍变化，在 t 上走直线就会偏离，x 越大偏得越多。水平的安排决定损失落在哪里：EDM 在噪声小处损失最少，那正是图像细节所在。这里的分布在该处几乎没有细节，因此按流匹配的 t 等距安排总损失更小。',
        })}
      </p>
    </>
  );
}
