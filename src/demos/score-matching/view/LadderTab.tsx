/** The levels of the ladder and the Langevin step on each, as numbers and as curves. */
import { stepSizes } from '@/methods/score/ladder';
import { Chart } from '@/ui/Chart';
import { count, scientific, significant } from '@/ui/format';
import { ladderIn } from '../config';
import type { TabProps } from './types';
import style from './view.module.css';

/** More rows than these are left out in the middle. */
const ROWS = 12;

export function LadderTab({ view }: TabProps) {
  const { params, t } = view;
  const ladder = ladderIn(params);
  const { sigmas, stepsPerLevel } = ladder;
  const alphas = stepSizes(ladder);
  const points = (values: readonly number[]) => values.map((y, i) => ({ x: i + 1, y }));
  const rows = sigmas.map((_, i) => i).filter((i) => i < ROWS - 1 || i === sigmas.length - 1);
  return (
    <div className={style.stack}>
      <p className={style.note}>
        {t({
          en: `${count(sigmas.length)} levels, ${count(stepsPerLevel)} steps on each: ${count(sigmas.length * stepsPerLevel)} evaluations of the score. α_i/σ_i² = ${significant(alphas[0]! / sigmas[0]! ** 2)} on every level.`,
          zh: `共 ${count(sigmas.length)} 级，每级 ${count(stepsPerLevel)} 步：共求得分 ${count(sigmas.length * stepsPerLevel)} 次。每一级的 α_i/σ_i² 都是 ${significant(alphas[0]! / sigmas[0]! ** 2)}。`,
        })}
      </p>
      <div className={style.pair}>
        <Chart
          title={t({ en: 'Noise and Langevin step on each level', zh: '每一级的噪声与 Langevin 步长' })}
          x={{ label: t({ en: 'level', zh: '级' }), scale: 'linear' }}
          y={{ label: 'σ, α', scale: 'log' }}
          lines={[
            { id: 'sigma', role: 'naive', label: 'σ_i', points: points(sigmas) },
            { id: 'alpha', role: 'fused', label: 'α_i = ε σ_i²/σ_L²', points: points(alphas) },
          ]}
        />
        <div className={style.scroll}>
          <table className={style.numbers}>
            <caption>{t({ en: 'The step sizes', zh: '各级步长' })}</caption>
            <thead>
              <tr>
                <th scope="col">{t({ en: 'level i', zh: '级 i' })}</th>
                <th scope="col">σ_i</th>
                <th scope="col">α_i</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((i) => (
                <tr key={i}>
                  <th scope="row">{i + 1}</th>
                  <td>{significant(sigmas[i]!)}</td>
                  <td>{alphas[i]! < 1e-3 ? scientific(alphas[i]!) : significant(alphas[i]!)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </div>
  );
}
