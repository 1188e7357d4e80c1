/** The design space as a table that is a control panel: a row is a paper's choice, and any cell can be taken by itself. */
import type { Text } from '@/lib/text';
import { ownSchedule } from '@/methods/diffusion/levels';
import { designs, type Design } from '../design';
import { params as schema, type Params } from '../params';
import type { TabProps } from './types';
import style from './view.module.css';

interface Column {
  readonly id: 'process' | 'schedule' | 'sampler';
  readonly title: Text;
  readonly formula: (design: Design) => string;
}

const formulas: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  process: {
    vp: 'σ = √(e^(½β_d t² + β_min t) − 1), s = 1/√(1+σ²)',
    ve: 'σ = √t, s = 1',
    edm: 'σ = t, s = 1',
    flow: 'σ = t/(1−t), s = 1−t',
    ddpm: 'σ = √((1−ᾱ)/ᾱ), s = √ᾱ',
  },
  schedule: {
    vp: 't = 1 + i/(N−1) (ε_s − 1)',
    ve: 'σ² = σ²_max (σ²_min/σ²_max)^(i/(N−1))',
    iddpm: 'σ = u_j',
    edm: 'σ^(1/ρ) evenly, ρ = 7',
    flow: 't = 1 − i/N',
    ddpm: 'σ_j, j = 1000, …',
  },
};

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
  { id: 'sampler', title: { en: 'Sampler', zh: '采样器' }, formula: ({ sampler }) => sampler.sampler },
];

const matches = (patch: Partial<Params>, params: Params): boolean =>
  Object.entries(patch).every(([name, value]) => {
    const now = params[name as keyof Params];
    if (name === 'schedule' && now === 'own') return value === ownSchedule[params.process];
    return now === value;
  });

export function DesignTab({ view }: TabProps) {
  const { t, params, set } = view;
  const whole = ({ process, schedule, sampler, churn }: Design): Partial<Params> => ({
    ...{ ...process, ...schedule, ...sampler, ...churn },
  });
  return (
    <div className={style.stack}>
      <div className={style.scroll}>
        <table className={style.design}>
          <thead>
            <tr>
              <th scope="col">{t({ en: 'Paper', zh: '论文' })}</th>
              {columns.map(({ id, title }) => (
                <th key={id} scope="col">
                  {t(title)}
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
                {columns.map((column) => {
                  const patch = design[column.id];
                  const name =
                    column.id === 'sampler' ? t(schema.sampler.options[design.sampler.sampler]) : '';
                  return (
                    <td key={column.id}>
                      <button
                        type="button"
                        className={style.cell}
                        aria-pressed={matches(patch, params)}
                        onClick={() => set(patch)}
                      >
                        {name === '' ? column.formula(design) : name}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={style.note}>
        {t({
          en: 'A name takes the whole row; a cell takes that choice alone. The mixture’s denoiser is exact, so every combination converges to the same distribution, and what differs is how many evaluations that takes.',
          zh: '点名称采用整行，点单元格只采用那一项。这里的去噪器是精确的，所以任何组合都收敛到同一个分布，区别只在于需要多少次求值。',
        })}
      </p>
    </div>
  );
}
