/** What the three runs share and what they do not: marginals at every level, and the law of two times. */
import { sentenceOf } from '@/lib/errors';
import type { SeriesRole } from '@/lab/demo';
import { Chart } from '@/ui/Chart';
import type { ChartLine } from '@/ui/chartData';
import { significant } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import { kindLabels, kinds, type Kind } from '../kinds';
import { lawMetrics, type Laws } from '../laws';
import type { TabProps, View } from './types';
import style from './view.module.css';

const roles: Readonly<Record<Kind, SeriesRole>> = { forward: 'alternative', reverse: 'fused', ode: 'naive' };

export function LawsTab({ view }: TabProps) {
  const { t, lang, params } = view;
  const { value, error } = useAsk(view, (session, signal) => session.ensureLaws(signal), [params.reference]);
  if (error !== undefined) return <p role="alert">{sentenceOf(error, lang)}</p>;
  const x = {
    label: t({ en: 'level: 0 is the data, the last is the noise', zh: '水平：0 为数据，最后为噪声' }),
    scale: 'linear',
  } as const;
  return (
    <div className={style.stack}>
      <Chart
        title={t({
          en: 'Distance of each run’s particles to the process’s own marginal, at every level',
          zh: '各运行的粒子到过程自身边缘分布的距离（逐水平）',
        })}
        x={x}
        y={{
          label: t({ en: 'sliced Wasserstein / std', zh: '切片 Wasserstein 距离 / 标准差' }),
          scale: 'linear',
        }}
        lines={value ? marginalLines(value, view) : []}
      >
        <p className={style.note}>
          {t({
            en: 'In units of the marginal’s standard deviation; bars are 95 % bootstrap intervals. What exact samples of the same number have is sampling noise; a run above the limit has another marginal. ',
            zh: '以该时刻边缘分布的标准差为单位；误差条为 95 % 自助法区间。同样数量的精确样本所具有的距离即抽样噪声；高于上限的运行，其边缘分布就不同。',
          })}
          {value && t(verdict(value, view))}
        </p>
      </Chart>
      <Chart
        title={t({
          en: 'Correlation of where a particle is at time u with where it is at time t',
          zh: '同一粒子在时刻 u 与时刻 t 的位置之间的相关',
        })}
        x={x}
        y={{ label: 'corr(x_u, x_t)', scale: 'linear' }}
        lines={value ? jointLines(value, view) : []}
      >
        {value && <p className={style.note}>{t(sentence(value))}</p>}
      </Chart>
    </div>
  );
}

/** Which runs are above the noise of sampling somewhere. */
function verdict(laws: Laws, { t }: View) {
  const above = kinds.filter((_, k) =>
    laws.marginals.some(({ clouds, limit }) => clouds[k]!.distance > limit),
  );
  if (above.length === 0)
    return {
      en: 'All three stay below: one density, three ways to move.',
      zh: '三者都在上限之下：同一个密度，三种走法。',
    };
  const names = above.map((kind) => t(kindLabels[kind]));
  return {
    en: `Above it at some level: ${names.join(', ')}. More steps bring it back.`,
    zh: `在某些水平上高于上限：${names.join('、')}。增加步数即可恢复。`,
  };
}

function marginalLines({ at, marginals }: Laws, { t }: View): ChartLine[] {
  const line = (id: string, label: string, of: (i: number) => number): ChartLine => ({
    ...{ id, label, role: id === 'noise' ? 'cpu' : 'predicted' },
    points: at.map((level, i) => ({ x: level, y: of(i) })),
  });
  return [
    ...kinds.map((kind, k) => ({
      ...{ id: kind, role: roles[kind], label: t(kindLabels[kind]) },
      points: at.map((level, i) => {
        const { distance, low, high } = marginals[i]!.clouds[k]!;
        return { x: level, y: distance, low, high };
      }),
    })),
    line('noise', t({ en: 'exact samples (mean)', zh: '精确样本（均值）' }), (i) => marginals[i]!.noise),
    line('limit', t({ en: 'limit of noise', zh: '噪声上限' }), (i) => marginals[i]!.limit),
  ];
}

function jointLines({ at, joint }: Laws, { t }: View): ChartLine[] {
  return [
    {
      ...{ id: 'exact', role: 'predicted', label: t({ en: 'forward SDE, exact', zh: '前向 SDE（精确）' }) },
      points: at.map((level, i) => ({ x: level, y: joint[i]!.exact })),
    },
    ...kinds.map((kind) => ({
      ...{ id: kind, role: roles[kind], label: t(kindLabels[kind]) },
      points: at.map((level, i) => {
        const { value, error } = joint[i]!.found[kind];
        return { x: level, y: value, low: value - 1.96 * error, high: value + 1.96 * error };
      }),
    })),
  ];
}

function sentence(laws: Laws) {
  const { correlationExact, correlationForward, correlationReverse, correlationOde } = lawMetrics(laws);
  const [exact, forward, reverse, ode] = [
    correlationExact,
    correlationForward,
    correlationReverse,
    correlationOde,
  ].map((value) => significant(value ?? NaN));
  return {
    en: `Between one end of time and the other the process has ${exact}, the forward SDE’s particles ${forward}, the reverse SDE’s ${reverse}: run backwards, the SDE is the same process. The ODE’s have ${ode}: each noise belongs to one datum. Bars are 95 % intervals; u is a parameter.`,
    zh: `从时间的一端到另一端，过程的相关为 ${exact}，前向 SDE 的粒子为 ${forward}，逆向 SDE 为 ${reverse}：倒着运行的 SDE 是同一个过程。ODE 则为 ${ode}：每个噪声对应唯一的数据点。误差条为 95 % 区间；u 是参数。`,
  };
}
