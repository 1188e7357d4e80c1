/** Error against the number of evaluations for every sampler without noise, run by the GPU, with the order it fits. */
import { useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import type { SeriesRole } from '@/lab/demo';
import { Chart } from '@/ui/Chart';
import { significant } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import type { Convergence } from '../assess';
import { params as schema } from '../params';
import type { TabProps } from './types';
import style from './view.module.css';

const roles: Readonly<Record<string, SeriesRole>> = {
  euler: 'naive',
  ddim: 'cpu',
  heun: 'fused',
  'dpmpp-2m': 'alternative',
  'pf-ode': 'cpu-all',
};

export function ConvergenceTab({ view }: TabProps) {
  const { t, lang } = view;
  const [sofar, setSofar] = useState<readonly Convergence[]>([]);
  const { value, fresh, error } = useAsk(
    view,
    (session, signal) => ('compare' in session ? session.compare(setSofar, signal) : Promise.resolve([])),
    [],
    true,
  );
  const curves = fresh ? (value ?? sofar) : sofar;
  return (
    <div className={style.stack}>
      <Chart
        title={t({
          en: 'Error of the samplers over evaluations, from the first level to the last above 0',
          zh: '各采样器的误差随求值次数的变化（从首个水平到最后一个非零水平）',
        })}
        x={{ label: t({ en: 'evaluations of the denoiser', zh: '去噪器求值次数' }), scale: 'log' }}
        y={{ label: t({ en: 'relative error', zh: '相对误差' }), scale: 'log' }}
        aside={
          !fresh &&
          error === undefined && (
            <span className={style.note}>{t({ en: 'Measuring …', zh: '正在测量 …' })}</span>
          )
        }
        lines={curves.map(({ sampler, nfe, errors, order }) => ({
          id: sampler,
          role: roles[sampler] ?? 'predicted',
          label: `${t(schema.sampler.options[sampler])}${Number.isFinite(order) ? t({ en: ` (order ${significant(order)})`, zh: `（${significant(order)} 阶）` }) : ''}`,
          points: errors.map((y, i) => ({ x: nfe[i]!, y })),
        }))}
      />
      {error !== undefined && <p role="alert">{sentenceOf(error, lang)}</p>}
      <p className={style.note}>
        {t({
          en: 'Forty-eight trajectories from the same starting noise, each against a Runge–Kutta trajectory in float64. The order is the slope over the number of steps, where the error is still above what single precision can resolve.',
          zh: '四十八条轨迹从相同的初始噪声出发，逐条与 float64 的 Runge–Kutta 轨迹对照。收敛阶是误差对步数的斜率，只取误差仍高于单精度分辨率的部分。',
        })}
      </p>
    </div>
  );
}
