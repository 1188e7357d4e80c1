/** The levels that the sampler visits, signal and noise of the process over time, and what curved paths cost a step. */
import { Chart } from '@/ui/Chart';
import { processOf, sigmasOf } from '../config';
import { CurvatureCharts } from './CurvatureCharts';
import type { TabProps } from './types';
import style from './view.module.css';

const POINTS = 41;

export function LevelsTab({ view }: TabProps) {
  const { t, params } = view;
  const sigmas = sigmasOf(params);
  const process = processOf(params);
  const finite = sigmas.filter(Number.isFinite);
  const [first, last] = [process.timeOf(finite[0]!), process.timeOf(finite[finite.length - 1]!)];
  const end = sigmas[0] === Infinity ? 1 : first;
  // EDM's and VE's times span decades; those of the others run from 0 to 1.
  const decades = end > 2;
  const times = Array.from({ length: POINTS }, (_, i) =>
    decades ? last * (end / last) ** (i / (POINTS - 1)) : (end * (i + 0.5)) / POINTS,
  );
  return (
    <div className={style.stack}>
      <Chart
        title={t({
          en: 'Noise level σ at each step; the last step goes to 0',
          zh: '每一步的噪声水平 σ；最后一步到 0',
        })}
        x={{ label: t({ en: 'step i', zh: '步 i' }), scale: 'linear' }}
        y={{ label: t({ en: 'σ', zh: 'σ' }), scale: 'log' }}
        lines={[
          {
            id: 'sigma',
            role: 'fused',
            label: t({ en: 'σ of the levels visited', zh: '所经过的 σ' }),
            points: sigmas.flatMap((sigma, i) => (Number.isFinite(sigma) ? [{ x: i, y: sigma }] : [])),
          },
        ]}
      />
      <Chart
        title={t({
          en: 'Signal s(t) and noise s(t)·σ(t) of the process',
          zh: '过程的信号 s(t) 与噪声 s(t)·σ(t)',
        })}
        x={{ label: t({ en: 'time t', zh: '时间 t' }), scale: decades ? 'log' : 'linear' }}
        y={{ label: t({ en: 'size', zh: '大小' }), scale: decades ? 'log' : 'linear' }}
        lines={[
          {
            id: 's',
            role: 'alternative',
            label: t({ en: 's, signal', zh: 's，信号' }),
            points: times.map((x) => ({ x, y: process.s(x) })),
          },
          {
            id: 'std',
            role: 'naive',
            label: t({ en: 's σ, noise', zh: 's σ，噪声' }),
            points: times.map((x) => ({ x, y: process.std(x) })),
          },
        ]}
      />
      <CurvatureCharts view={view} />
      {sigmas[0] === Infinity && (
        <p className={style.note}>
          {t({
            en: 'Flow matching begins at t = 1, where there is no signal left and σ is infinite: the sampler works with s and s σ, which stay finite.',
            zh: '流匹配从 t = 1 开始，此时信号为零、σ 为无穷大：采样器用的是 s 与 s σ，两者始终有限。',
          })}
        </p>
      )}
    </div>
  );
}
