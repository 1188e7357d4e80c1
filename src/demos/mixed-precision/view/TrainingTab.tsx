/** Loss and held-out accuracy of every mode while they train, and what stopped those that were stopped. */
import { Chart } from '@/ui/Chart';
import { count } from '@/ui/format';
import { modeRoles } from '../charts';
import { modeLabels } from '../params';
import { stretches } from './curves';
import type { TabProps } from './types';
import style from './view.module.css';

export function TrainingTab({ view, session }: TabProps) {
  const { t, params } = view;
  const { runs } = session;
  const line = ({ mode }: (typeof runs)[number]) => ({
    id: mode,
    role: modeRoles[mode],
    label: t(modeLabels[mode]),
  });
  const x = { label: t({ en: 'step', zh: '步' }), scale: 'linear' } as const;
  return (
    <div className={style.stack}>
      <div className={style.pair}>
        <div data-preview>
          <Chart
            title={t({
              en: 'Training loss, the same batches for all',
              zh: '训练损失（所有模式用相同的批次）',
            })}
            x={x}
            y={{ label: t({ en: 'loss', zh: '损失' }), scale: 'log' }}
            xValues={[0, params.steps]}
            lines={runs.map((run) => ({
              ...line(run),
              points: stretches(
                run.records.map(({ loss }) => loss),
                params.steps,
              ),
            }))}
          />
        </div>
        <Chart
          title={t({ en: 'Accuracy on data never trained on', zh: '在从未训练过的数据上的准确率' })}
          x={x}
          y={{ label: t({ en: 'accuracy', zh: '准确率' }), scale: 'linear', unit: '%' }}
          xValues={[0, params.steps]}
          lines={runs.map((run) => ({
            ...line(run),
            points: run.evaluations.map(({ step, accuracy }) => ({ x: step, y: 100 * accuracy })),
          }))}
        />
      </div>
      <ul className={style.stops} aria-live="polite">
        {runs.map(
          ({ mode, stop }) =>
            stop && (
              <li key={mode}>
                {t({
                  en: `${modeLabels[mode].en} was stopped at step ${count(stop.step)}. First not finite: ${stop.why.en}.`,
                  zh: `${modeLabels[mode].zh} 在第 ${count(stop.step)} 步被停止。最先出现非有限数的地方：${stop.why.zh}。`,
                })}
              </li>
            ),
        )}
      </ul>
    </div>
  );
}
