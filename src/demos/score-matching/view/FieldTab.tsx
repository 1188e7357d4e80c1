/** The learned field against the exact one: arrows, a map of the error, the error by how much data there is, the loss. */
import { useMemo } from 'react';
import type { SeriesRole } from '@/lab/demo';
import type { Camera } from '@/lab/session';
import type { Text } from '@/lib/text';
import { regions, type Region } from '@/methods/score/field';
import { Chart } from '@/ui/Chart';
import { count, significant } from '@/ui/format';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { Legend } from '@/ui/Legend';
import { stretches } from '@/ui/stretches';
import { Waiting } from '@/ui/Waiting';
import type { Learning } from '../learning';
import { params as declared, type Params } from '../params';
import { MOST_ERROR } from '../shown';
import { Arrows } from './Arrows';
import type { TabProps } from './types';
import style from './view.module.css';

const names: Readonly<Record<Region, Text>> = {
  dense: { en: 'dense: the likeliest 80 % of the mass', zh: '稠密：最可能的 80 % 质量' },
  mid: { en: 'in between: the next 19 %', zh: '中间：其后的 19 %' },
  scarce: { en: 'scarce: the rest of the frame, 1 %', zh: '稀少：画面其余部分，仅 1 %' },
};
const roles: Readonly<Record<Region, SeriesRole>> = { dense: 'fused', mid: 'alternative', scarce: 'naive' };

export function FieldTab({ view }: TabProps) {
  const { session, params, t } = view;
  const judgement = session?.learning?.judgement;
  const frame = useMemo(
    () =>
      session && judgement
        ? { draw: (target: GPUTexture, camera: Camera) => session.drawField?.(target, camera) }
        : null,
    [session, judgement],
  );
  const evaluations = session?.learning?.evaluations;
  // Drawn anew with each look at the field, not with each step: charts cost more than a step does.
  const charts = useMemo(
    () => session?.learning && <Curves learning={session.learning} params={params} t={t} />,
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [session, evaluations, params.steps, params.objective, view.lang],
  );
  const arrows = useMemo(
    () =>
      judgement && (
        <Arrows
          judgement={judgement}
          label={t({
            en: 'Exact and learned score on a grid, as arrows',
            zh: '网格上精确与学到的得分（箭头）',
          })}
        />
      ),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [judgement, view.lang],
  );
  if (view.cpuOnly) {
    return (
      <p className={style.note}>
        {t({
          en: 'The network is trained on a GPU, and there is none here. The other tabs run on the CPU.',
          zh: '网络在 GPU 上训练，而这里没有 GPU。其他标签页由 CPU 运行。',
        })}
      </p>
    );
  }
  if (!session?.learning || !judgement) return <Waiting aspect={2} />;
  const { learning } = session;
  const { stop } = learning;
  const sigma = significant(judgement.ground.sigma);
  return (
    <div className={style.stack}>
      {stop && (
        <p className={style.sentence} role="alert">
          {t({
            en: `At step ${count(stop.step)} the loss was ${spoken(stop.loss)}: training diverged and was stopped. Shown is the network of step ${count(learning.now)}, the last that was sound; a smaller learning rate than ${significant(params.rate)} helps.`,
            zh: `第 ${count(stop.step)} 步的损失为 ${spoken(stop.loss)}：训练已发散并停止。当前显示第 ${count(learning.now)} 步的网络，即最后一个完好的状态；请把学习率调到 ${significant(params.rate)} 以下。`,
          })}
        </p>
      )}
      <p className={style.note}>
        {t({
          en: `${declared.objective.options[params.objective].en}, step ${count(learning.now)}, at σ = ${sigma}.`,
          zh: `${declared.objective.options[params.objective].zh}，第 ${count(learning.now)} 步，σ = ${sigma}。`,
        })}
      </p>
      <div className={style.pair}>
        <figure className={style.panel}>
          <figcaption className={style.title}>
            <span className={style.exact}>{t({ en: 'exact', zh: '精确' })}</span> {t({ en: 'and', zh: '与' })}{' '}
            <span className={style.learned}>{t({ en: 'learned', zh: '学到的' })}</span>{' '}
            {t({ en: 'score', zh: '得分' })}
          </figcaption>
          {arrows}
        </figure>
        <figure className={style.panel}>
          <figcaption className={style.title}>{t({ en: 'Where it is wrong', zh: '错在哪里' })}</figcaption>
          <GpuCanvas
            session={frame}
            generation={learning.now}
            aspect={1}
            label={t({
              en: 'Relative error of the learned score over the plane',
              zh: '学到的得分在平面上的相对误差',
            })}
          />
          <Legend low={0} high={MOST_ERROR} label={t({ en: 'relative error', zh: '相对误差' })} />
        </figure>
      </div>
      <div className={style.scroll}>
        <table className={style.numbers}>
          <caption>{t({ en: 'Error by how much data there is', zh: '误差与数据多少的关系' })}</caption>
          <thead>
            <tr>
              <th scope="col">{t({ en: 'where', zh: '区域' })}</th>
              <th scope="col">{t({ en: 'relative error', zh: '相对误差' })}</th>
              <th scope="col">{t({ en: 'mean angle', zh: '平均夹角' })}</th>
            </tr>
          </thead>
          <tbody>
            {regions.map((name) => (
              <tr key={name}>
                <th scope="row">{t(names[name])}</th>
                <td>{significant(judgement.byRegion[name].error)}</td>
                <td>{significant(judgement.byRegion[name].angle)}°</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {charts}
    </div>
  );
}

interface CurvesProps {
  readonly learning: Learning;
  readonly params: Params;
  readonly t: (text: Text) => string;
}

function Curves({ learning: { losses, evaluations }, params, t }: CurvesProps) {
  const x = { label: t({ en: 'step', zh: '步' }), scale: 'linear' } as const;
  return (
    <div className={style.pair}>
      <Chart
        title={t({ en: 'Error of the field while it is learnt', zh: '学习过程中场的误差' })}
        x={x}
        y={{ label: t({ en: 'relative error', zh: '相对误差' }), scale: 'log' }}
        xValues={[0, params.steps]}
        lines={regions.map((name) => ({
          id: name,
          role: roles[name],
          label: t(names[name]),
          points: evaluations.map(({ step, byRegion }) => ({ x: step, y: byRegion[name].error })),
        }))}
      />
      <Chart
        title={t({ en: 'Loss of the objective', zh: '训练目标的损失' })}
        x={x}
        y={{ label: t({ en: 'loss', zh: '损失' }), scale: 'linear' }}
        xValues={[0, params.steps]}
        lines={[
          {
            id: 'loss',
            role: 'fused',
            label: t(declared.objective.options[params.objective]),
            points: stretches(losses, params.steps),
          },
        ]}
      />
    </div>
  );
}

const spoken = (loss: number): string => (Number.isFinite(loss) ? loss.toExponential(1) : 'NaN');
