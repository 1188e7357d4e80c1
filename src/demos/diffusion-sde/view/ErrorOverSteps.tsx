/** What evaluations buy: the mean error of ln p over them, by fixed steps and by RK45. */
import { Chart } from '@/ui/Chart';
import type { Curve } from '../likelihoods';
import type { View } from './types';
import style from './view.module.css';

export function ErrorOverSteps({ view: { t }, curve }: { readonly view: View; readonly curve: Curve }) {
  const { steps, errors, adaptive } = curve;
  const x = { label: t({ en: 'evaluations for a point', zh: '每点的求值次数' }), scale: 'log' } as const;
  return (
    <Chart
      title={t({ en: 'Mean error of ln p over evaluations', zh: 'ln p 的平均误差随求值次数的变化' })}
      x={x}
      y={{ label: t({ en: 'error, nats', zh: '误差（nat）' }), scale: 'log' }}
      xValues={steps.map((n) => 4 * n)}
      lines={[
        {
          id: 'fixed',
          role: 'fused',
          label: t({ en: 'RK4, fixed steps in ln σ', zh: 'RK4：ln σ 等距' }),
          points: steps.map((n, i) => ({ x: 4 * n, y: errors[i]! })),
        },
        {
          id: 'adaptive',
          role: 'alternative',
          label: t({ en: 'RK45, steps of each point’s own', zh: 'RK45：每点各自的步长' }),
          points: [{ x: Math.round(adaptive.evaluations), y: adaptive.error }],
        },
      ]}
    >
      <p className={style.note}>
        {t({
          en: 'What many steps leave is the prior’s: N(0, std²) forgets how far the data spread, and one probe adds its noise however fine the steps are.',
          zh: '步数再多也剩下先验的误差：N(0, std²) 忽略了数据自身的展布；用单个随机向量估计时，其噪声也不随步长变小。',
        })}
      </p>
    </Chart>
  );
}
