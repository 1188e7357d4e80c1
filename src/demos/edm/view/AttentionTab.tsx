/** A finite data set's denoiser is softmax attention over it: what a particle attends to at each level, and where it ends. */
import { useMemo, useState } from 'react';
import { dataDenoiser } from '@/methods/diffusion/dataSet';
import { Button } from '@/ui/Button';
import { Chart } from '@/ui/Chart';
import { Scrubber } from '@/ui/Scrubber';
import { sentenceOf } from '@/lib/errors';
import { count, scientific, significant } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import { Waiting } from '@/ui/Waiting';
import { attendedTo, type Remembered } from '../remember';
import { Formula } from './Formula';
import type { TabProps } from './types';
import style from './view.module.css';

/** Particles that the curve is a mean over. */
const AVERAGED = 24;
const CURVE = 33;

export function AttentionTab({ view }: TabProps) {
  const { t, lang } = view;
  const [asked, setAsked] = useState<number>();
  const [chosen, setChosen] = useState(0);
  const { value, error } = useAsk(
    view,
    async (session, signal) => {
      if (!('remember' in session)) return undefined;
      const found = await session.remember(signal);
      const levels = found.program.map((_, step) => session.levelOf(found.program, step));
      return { found, levels, halves: levels.map((level) => session.windowAt(level)) };
    },
    [],
  );
  const curve = useMemo(() => (value ? curveOf(value.found, value.levels) : []), [value]);
  if (error !== undefined) return <p role="alert">{sentenceOf(error, lang)}</p>;
  if (!value) return <Waiting aspect={1} width="38rem" />;
  const { found, levels, halves } = value;
  const { program, data, trace, particles, ended } = found;
  const last = program.length - 1;
  const at = Math.min(asked ?? Math.floor((2 * last) / 3), last);
  const half = halves[at]!;
  const { s, std } = levels[at]!;
  const place = (i: number): readonly [number, number] => {
    const from = 2 * (at * particles + i);
    return [trace[from]! / half, -trace[from + 1]! / half];
  };
  const own = trace.subarray(2 * (at * particles + chosen), 2 * (at * particles + chosen) + 2);
  const { mean, weights } = dataDenoiser(data)(own, s, Math.max(std, 1e-3));
  const [px, py] = place(chosen);
  const sigma = program[at]!.sigma === Infinity ? '∞' : significant(program[at]!.sigma);
  const seen = significant(attendedTo(weights));
  return (
    <div className={style.stack}>
      <p className={style.lead}>
        <Formula>D = Σ_j softmax_j( (x·y_j − s |y_j|²/2) · s/std² ) y_j</Formula>
      </p>
      <p className={style.note}>
        {t({
          en: `The nicest fact in the subject: the exact denoiser of a data set is attention over it. The noisy point is the query, the data are keys and values, and σ² is the softmax’s temperature. So the FlashAttention kernels of this site denoise, with −|y|²/2 as one more dimension of the keys. At much noise a point attends to all data and D is their mean; as σ falls it chooses, and in the end it holds one of them.`,
          zh: `这门学科里最漂亮的事实：数据集的精确去噪器就是对数据集的注意力。带噪点是查询，数据既是键也是值，σ² 是 softmax 的温度。因此本站的 FlashAttention 内核可以直接用来去噪，只需把 −|y|²/2 作为键的额外一维。噪声大时，一个点关注全部数据，D 就是均值；随着 σ 减小，它逐渐做出选择，最后只剩其中一个。`,
        })}
      </p>
      <div className={style.square}>
        <svg
          className={style.plain}
          viewBox="-1 -1 2 2"
          role="img"
          aria-label={t({
            en: `${count(particles)} particles at σ = ${sigma} and ${count(data.count)} data points, each as large as the chosen particle attends to it`,
            zh: `σ = ${sigma} 时的 ${count(particles)} 个粒子与 ${count(data.count)} 个数据点，数据点的大小表示所选粒子对它的关注程度`,
          })}
        >
          {Array.from(weights, (weight, j) => (
            <circle
              key={j}
              cx={(s * data.values[2 * j]!) / half}
              cy={(-s * data.values[2 * j + 1]!) / half}
              r={0.007 + 0.09 * Math.sqrt(weight)}
              fill="var(--role-naive)"
              fillOpacity="0.55"
            />
          ))}
          {Array.from({ length: particles }, (_, i) => {
            const [x, y] = place(i);
            return (
              <circle
                key={`p${i}`}
                className={style.pickable}
                cx={x}
                cy={y}
                r="0.009"
                fill="var(--role-fused)"
                onClick={() => setChosen(i)}
              />
            );
          })}
          <line
            x1={px}
            y1={py}
            x2={(s * mean[0]!) / half}
            y2={(-s * mean[1]!) / half}
            stroke="var(--ink)"
            strokeWidth="0.008"
          />
          <circle
            cx={px}
            cy={py}
            r="0.024"
            fill="var(--role-fused)"
            stroke="var(--ink)"
            strokeWidth="0.006"
          />
        </svg>
      </div>
      <Scrubber
        length={program.length}
        at={at}
        onMove={setAsked}
        label={t({ en: 'Steps of the sampler, noise to data', zh: '采样步骤：从噪声到数据' })}
        caption={`σ = ${sigma}`}
      />
      <div className={style.names}>
        <Button onClick={() => setChosen((chosen + 1) % particles)}>
          {t({ en: 'Another particle', zh: '换一个粒子' })}
        </Button>
      </div>
      <p className={style.note}>
        {t({
          en: `Orange: ${count(data.count)} data points. Blue: particles. The chosen one attends to ${seen} of the data here, and its line ends at D. In the end ${count(ended)} of ${count(particles)} particles lie on a data point: what is exact remembers, and a network generalises by what it gets wrong. Every step of ${found.followed} particles on the attention kernels is within ${scientific(found.error)} of float64.`,
          zh: `橙色：${count(data.count)} 个数据点；蓝色：粒子。所选粒子在此关注 ${seen} 个数据点，线的终点即 D。最终 ${count(particles)} 个粒子中有 ${count(ended)} 个落在数据点上：精确就是死记，而网络的泛化来自它的误差。对 ${found.followed} 个粒子的每一步，注意力内核与 float64 的相对误差为 ${scientific(found.error)}。`,
        })}
      </p>
      <Chart
        title={t({
          en: 'How many data points a particle attends to, over σ (e to the entropy of its weights)',
          zh: '一个粒子关注多少个数据点随 σ 的变化（权重熵的指数）',
        })}
        x={{ label: 'σ', scale: 'log' }}
        y={{ label: t({ en: 'data points', zh: '数据点数' }), scale: 'log' }}
        lines={[
          {
            id: 'attended',
            role: 'fused',
            label: t({ en: `mean over ${AVERAGED} particles`, zh: `${AVERAGED} 个粒子的平均` }),
            points: curve,
          },
        ]}
      />
    </div>
  );
}

function curveOf(
  { data, trace, particles }: Remembered,
  levels: readonly { readonly s: number; readonly std: number }[],
): { readonly x: number; readonly y: number }[] {
  const exact = dataDenoiser(data);
  const stride = Math.max(1, Math.ceil(levels.length / CURVE));
  return levels.flatMap(({ s, std }, step) => {
    if (step % stride !== 0 || s === 0 || std === 0) return [];
    let sum = 0;
    for (let i = 0; i < AVERAGED; i++) {
      const from = 2 * (step * particles + i);
      sum += attendedTo(exact(trace.subarray(from, from + 2), s, std).weights);
    }
    return [{ x: std / s, y: sum / AVERAGED }];
  });
}
