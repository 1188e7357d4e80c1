/** ln p(x) over the plane through the probability-flow ODE, in closed form, and what lies between; a point read anywhere. */
import { useState } from 'react';
import { significant } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import { Waiting } from '@/ui/Waiting';
import { firstLevel } from '../likelihood';
import { AdaptiveSteps } from './AdaptiveSteps';
import { DensityMap } from './DensityMap';
import { ErrorOverSteps } from './ErrorOverSteps';
import { decades, densityRange } from './ranges';
import type { TabProps } from './types';
import style from './view.module.css';

/** Of the frame's width: what an arrow key moves the point by. */
const STEP = 1 / 64;

export function LikelihoodTab({ view }: TabProps) {
  const { session, params, t } = view;
  const [picked, setPicked] = useState({ x: 0.5, y: 0.5 });
  const [over, setOver] = useState<typeof picked | null>(null);
  const { value: fixed } = useAsk(view, (asked, signal) => asked.fixedMap(signal), []);
  const { value: adaptive } = useAsk(view, (asked, signal) => asked.adaptiveMap(signal), [], true);
  const { value: curve } = useAsk(view, (asked, signal) => asked.likelihoodCurve(signal), [], true);
  if (!session || !fixed) return <Waiting aspect={2.4} />;
  const { side, half, ode, exact, error, meanError } = fixed;
  const at = over ?? picked;
  const cell = (share: number): number => Math.min(side - 1, Math.max(0, Math.floor(share * side)));
  const index = cell(at.y) * side + cell(at.x);
  const place = (share: number): number => half * ((2 * cell(share) + 1) / side - 1);
  const shared = { view, session, side, at, onHover: setOver, onPick: setPicked };
  const range = densityRange(exact);
  const nats = t({ en: 'nats', zh: 'nat' });
  const sigma = significant(firstLevel(params).std / firstLevel(params).s);
  const axes = [
    ['x', t({ en: 'Point read, x₁', zh: '读数点 x₁' }), picked.x, 1],
    ['y', t({ en: 'Point read, x₂', zh: '读数点 x₂' }), 1 - picked.y, -1],
  ] as const;
  return (
    <div className={style.stack}>
      <p className={style.note}>
        {t({
          en: `ln p(x) of the data at their least noise, σ = ${sigma}: from each of ${side} × ${side} pixels ${params['likelihood-steps']} Runge–Kutta steps to the prior, the divergence ${params.hutchinson ? 'by one probe (±1, ±1) a pixel' : 'exactly'}. Mean error ${significant(meanError)} nats.`,
          zh: `最小噪声 σ = ${sigma} 下数据的 ln p(x)：从 ${side} × ${side} 个像素各走 ${params['likelihood-steps']} 步 Runge–Kutta 到先验，散度${params.hutchinson ? '由每像素一个随机向量 (±1, ±1) 估计' : '精确计算'}。平均误差 ${significant(meanError)} nat。`,
        })}
      </p>
      <div className={style.three}>
        <DensityMap
          {...shared}
          title={t({ en: 'ln p, ODE', zh: 'ln p：经 ODE' })}
          label={t({ en: 'Map of ln p(x) through the ODE', zh: '经 ODE 得到的 ln p(x) 图' })}
          values={ode}
          range={range}
          legend={nats}
        />
        <DensityMap
          {...shared}
          title={t({ en: 'ln p, exact', zh: 'ln p：解析式' })}
          label={t({ en: 'Map of ln p(x) in closed form', zh: '解析式给出的 ln p(x) 图' })}
          values={exact}
          range={range}
          legend={nats}
        />
        <DensityMap
          {...shared}
          title={t({ en: '|difference|, log', zh: '|差|（对数刻度）' })}
          label={t({ en: 'Map of the difference, logarithmic', zh: '两者之差的图（对数）' })}
          values={error}
          range={decades(error)}
          legend={nats}
        />
      </div>
      <output className={style.reading} aria-live="polite">
        x = ({significant(place(at.x))}, {significant(-place(at.y))}) · {t({ en: 'ODE', zh: 'ODE' })}{' '}
        {fine(ode[index]!)} · {t({ en: 'exact', zh: '精确' })} {fine(exact[index]!)} ·{' '}
        {t({ en: 'difference', zh: '差' })} {significant(ode[index]! - exact[index]!, 2)} {nats}
        {adaptive?.evaluations.length === ode.length &&
          ` · RK45 ${fine(adaptive.ode[index]!)}${t({ en: ', evaluations ', zh: '，求值 ' })}${adaptive.evaluations[index]!}`}
      </output>
      <div className={style.names}>
        {axes.map(([axis, label, value, sense]) => (
          <label key={axis} className={style.field}>
            {label}
            <input
              type="range"
              min={0}
              max={1}
              step={STEP}
              value={value}
              aria-valuetext={significant(sense * place(picked[axis]))}
              onChange={({ target: { valueAsNumber: to } }) =>
                setPicked({ ...picked, [axis]: sense > 0 ? to : 1 - to })
              }
            />
          </label>
        ))}
        <span className={style.note}>
          {t({ en: 'or a pointer over any map', zh: '或把指针移到任一图上' })}
        </span>
      </div>
      {adaptive && <AdaptiveSteps {...shared} adaptive={adaptive} />}
      {curve && <ErrorOverSteps view={view} curve={curve} />}
    </div>
  );
}

const fine = (value: number): string => value.toFixed(4).replace('-', '−');
