/**
 * The design space as a table that is a control panel: a row is a paper's choice, any cell can be taken by itself, and a
 * column's heading shows what is chosen there as curves.
 */
import { useState } from 'react';
import type { Text } from '@/lib/text';
import { Chart } from '@/ui/Chart';
import { cell, designs, matches, whole, type ColumnId, type Design } from '../design';
import { params as schema } from '../params';
import { curvesOf } from './curves';
import { Formula } from './Formula';
import type { TabProps } from './types';
import style from './view.module.css';

interface Column {
  readonly id: ColumnId;
  readonly title: Text;
  readonly formula: (design: Design) => Text;
}

const both = (text: string): Text => ({ en: text, zh: text });
const evenly = (text: string, more = ''): Text => ({
  en: `${text} evenly${more}`,
  zh: `${text} 等距${more}`,
});

const formulas: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  process: {
    vp: both('σ = √(e^{½β_d t² + β_min t} − 1), s = 1/√(1+σ²)'),
    ve: both('σ = √t, s = 1'),
    edm: both('σ = t, s = 1'),
    flow: both('σ = t/(1−t), s = 1−t'),
    ddpm: both('σ = √((1−ᾱ)/ᾱ), s = √ᾱ'),
  },
  schedule: {
    vp: both('t = 1 + i/(N−1) (ε_s − 1)'),
    ve: both('σ² = σ²_max (σ²_min/σ²_max)^{i/(N−1)}'),
    iddpm: both('σ = u_j'),
    edm: evenly('σ^{1/ρ}', ', ρ = 7'),
    flow: both('t = 1 − i/N'),
    ddpm: both('σ_j, j = 1000, …'),
  },
  preconditioning: {
    vp: both('x − σ F, c_in = 1/√(1+σ²)'),
    ve: both('x + σ F, c_in = 1'),
    iddpm: both('x − σ F, c_noise = M−1−j'),
    edm: both('(σ_d² x + σ σ_d √(σ²+σ_d²) F)/(σ²+σ_d²)'),
    flow: both('(x − σ F)/(1+σ)'),
  },
};

const churnOf = ({ churn }: Design): Text =>
  churn.churn > 0
    ? both(
        `S_churn ${churn.churn}, σ ∈ [${churn['churn-min']}, ${churn['churn-max']}], S_noise ${churn.noise}`,
      )
    : churn.eta > 0
      ? { en: 'η = 1, ancestral', zh: 'η = 1（祖先采样）' }
      : { en: 'none', zh: '无' };

const columns: readonly Column[] = [
  {
    id: 'process',
    title: { en: 'Noise σ(t), scaling s(t)', zh: '噪声 σ(t) 与缩放 s(t)' },
    formula: ({ process }) => formulas.process![process.process]!,
  },
  {
    id: 'schedule',
    title: { en: 'Levels', zh: '噪声水平' },
    formula: ({ schedule }) => formulas.schedule![schedule.schedule]!,
  },
  {
    id: 'preconditioning',
    title: { en: 'Preconditioning: D =', zh: '预条件：D =' },
    formula: ({ preconditioning }) => formulas.preconditioning![preconditioning.preconditioning]!,
  },
  {
    id: 'sampler',
    title: { en: 'Sampler', zh: '采样器' },
    formula: ({ sampler }) => schema.sampler.options[sampler.sampler],
  },
  { id: 'churn', title: { en: 'Noise added on the way', zh: '途中加入的噪声' }, formula: churnOf },
];

export function DesignTab({ view }: TabProps) {
  const { t, params, set } = view;
  const [shown, setShown] = useState<ColumnId>('preconditioning');
  const curves = curvesOf[shown](params);
  return (
    <div className={style.stack}>
      <div
        className={style.scroll}
        tabIndex={0}
        role="region"
        aria-label={t({ en: 'Design space', zh: '设计空间' })}
      >
        <table className={style.design}>
          <thead>
            <tr>
              <th scope="col">{t({ en: 'Paper', zh: '论文' })}</th>
              {columns.map(({ id, title }) => (
                <th key={id} scope="col">
                  <button
                    type="button"
                    className={style.heading}
                    aria-pressed={shown === id}
                    onClick={() => setShown(id)}
                  >
                    {t(title)}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {designs.map((design) => (
              <tr key={design.id}>
                <th scope="row">
                  <button
                    type="button"
                    className={style.cell}
                    aria-pressed={matches(whole(design), params)}
                    onClick={() => set(whole(design))}
                  >
                    {t(design.name)}
                  </button>
                </th>
                {columns.map(({ id, formula }) => (
                  <td key={id}>
                    <button
                      type="button"
                      className={style.cell}
                      aria-pressed={matches(design[id], params)}
                      onClick={() => set(cell(design, id, params))}
                    >
                      <Formula>{t(formula(design))}</Formula>
                    </button>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={style.note}>
        {t({
          en: 'A name takes the whole row, a cell that choice alone, a heading shows its curves below. The mixture’s denoiser is exact, so every combination converges to the same distribution, and what differs is how many evaluations that takes; preconditioning matters once the error of F is moved above 0.',
          zh: '点名称采用整行，点单元格只采用那一项，点列标题则在下方画出它的曲线。这里的去噪器是精确的，所以任何组合都收敛到同一个分布，区别只在于需要多少次求值；把 F 的误差调到 0 以上，预条件才起作用。',
        })}
      </p>
      {curves.map(({ title, x, y, lines }) => (
        <Chart
          key={title.en}
          title={t(title)}
          x={{ ...x, label: t(x.label) }}
          y={{ ...y, label: t(y.label) }}
          lines={lines.map((line) => ({ ...line, label: t(line.label) }))}
        />
      ))}
      {shown === 'sampler' && (
        <p className={style.note}>
          {t({
            en: 'What a sampler does to the error over the number of evaluations is measured under “Error over cost”.',
            zh: '采样器的误差如何随求值次数变化，见“误差与代价”一栏的实测。',
          })}
        </p>
      )}
    </div>
  );
}
