/** What RK45 took to the same densities: evaluations over the plane and as a histogram, and how far its result is. */
import { Histogram } from '@/ui/Histogram';
import { count, scientific, significant } from '@/ui/format';
import { Stat, Stats } from '@/ui/Stat';
import { LEAST_TOLERANCE } from '../likelihood';
import type { AdaptiveMap } from '../likelihoods';
import { DensityMap } from './DensityMap';
import { evaluationEdges } from './ranges';
import type { ComponentProps } from 'react';
import style from './view.module.css';

type Shared = Pick<
  ComponentProps<typeof DensityMap>,
  'view' | 'session' | 'side' | 'at' | 'onHover' | 'onPick'
>;

export function AdaptiveSteps({ adaptive, ...shared }: Shared & { readonly adaptive: AdaptiveMap }) {
  const { t, params } = shared.view;
  const { tolerance, evaluations, mean, least, most, unfinished, meanError, apart, sampler } = adaptive;
  const edges = evaluationEdges(least, most);
  const counts = edges.slice(1).map(() => 0);
  for (const value of evaluations) {
    const bin = Math.min(counts.length - 1, Math.floor((value - least) / (edges[1]! - edges[0]!)));
    counts[bin]! += 1;
  }
  const nats = t({ en: 'nats', zh: 'nat' });
  const name = t({ en: 'Evaluations of RK45', zh: 'RK45 的求值次数' });
  return (
    <section className={style.stack} aria-label={t({ en: 'Adaptive steps', zh: '自适应步长' })}>
      <Stats>
        <Stat
          label={t({ en: 'Evaluations, RK45', zh: '求值次数：RK45' })}
          value={significant(mean)}
          detail={t({ en: `mean; ${least}–${most}`, zh: `均值；${least}–${most}` })}
        />
        <Stat
          label={t({ en: 'Evaluations, fixed steps', zh: '求值次数：固定步长' })}
          value={count(4 * params['likelihood-steps'])}
        />
        <Stat
          label={t({ en: 'Mean error, RK45', zh: '平均误差：RK45' })}
          value={`${significant(meanError)} ${nats}`}
        />
        <Stat
          label={t({ en: 'RK45 from the fixed steps', zh: 'RK45 与固定步长之差' })}
          value={`${significant(apart)} ${nats}`}
        />
        <Stat
          label={t({ en: 'Evaluations for a sample', zh: '采样一点的求值次数' })}
          value={significant(sampler)}
          detail={t({ en: 'from noise, mean', zh: '自噪声出发，均值' })}
        />
      </Stats>
      <div className={style.pair}>
        <DensityMap
          {...shared}
          title={name}
          label={t({ en: 'Map of the evaluations RK45 took', zh: 'RK45 求值次数图' })}
          values={evaluations}
          range={{ low: least, high: Math.max(least + 6, most) }}
          legend={t({ en: 'evaluations', zh: '求值次数' })}
        />
        <Histogram
          title={t({ en: 'How many pixels take how many', zh: '各求值次数对应的像素比例' })}
          x={name}
          edges={edges}
          series={[{ id: 'rk45', role: 'alternative', label: 'RK45', counts }]}
          whole
        />
      </div>
      <p className={style.note}>
        {t({
          en: `Each pixel has steps of its own, at tolerance ${scientific(tolerance)}: paths that pass between modes turn sharply and need more. In y = x/s over ln σ the ODE is dy/d ln σ = y − D, the same for every process.`,
          zh: `容差 ${scientific(tolerance)} 下每个像素各有步长：经过两个模态之间的路径转弯急，需要更多步。以 y = x/s 与 ln σ 表示，ODE 即 dy/d ln σ = y − D，对所有过程都一样。`,
        })}{' '}
        {params.tolerance < LEAST_TOLERANCE &&
          t({
            en: `Finer than ${scientific(LEAST_TOLERANCE)} is not resolved in f32.`,
            zh: `f32 分辨不了比 ${scientific(LEAST_TOLERANCE)} 更细的容差。`,
          })}
        {unfinished > 0 &&
          t({
            en: `${count(unfinished)} paths reached the bound on steps and stopped.`,
            zh: `${count(unfinished)} 条路径达到步数上限而中止。`,
          })}
      </p>
    </section>
  );
}
