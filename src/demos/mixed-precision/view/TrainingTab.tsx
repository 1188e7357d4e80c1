/** Loss and held-out accuracy of every mode while they train, and what stopped those that were stopped. */
import type { Text } from '@/lib/text';
import { Chart } from '@/ui/Chart';
import { count } from '@/ui/format';
import { modeRoles } from '../charts';
import { modeLabels, type Mode } from '../params';
import { stretches } from '@/ui/stretches';
import type { TabProps } from './types';
import style from './view.module.css';

export function TrainingTab({ view, session }: TabProps) {
  const { t, params } = view;
  const { runs } = session;
  const line = ({ mode }: (typeof runs)[number]) => ({
    id: mode,
    role: modeRoles[mode],
    label: view.cpuOnly ? t({ en: 'FP32, on the CPU', zh: 'FP32，由 CPU 训练' }) : t(modeLabels[mode]),
  });
  const x = { label: t({ en: 'step', zh: '步' }), scale: 'linear' } as const;
  return (
    <div className={style.stack}>
      {view.cpuOnly && <p className={style.sentence}>{t(onCpu(params.mode))}</p>}
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

/** What is trained where there is no GPU, and what is not. */
const onCpu = (mode: Mode): Text => {
  const missing = mode === 'fp32' ? undefined : modeLabels[mode];
  return {
    en: `Without a GPU this page trains FP32 alone, on the CPU: the same network, batches and first weights. ${missing ? `The chosen mode (${missing.en}) needs a GPU, as do all others in half precision: the CPU computes in FP32 here.` : 'The modes in half precision need a GPU.'}`,
    zh: `没有 GPU 时，本页只在 CPU 上训练 FP32：网络、批次和初始权重都相同。${missing ? `所选模式（${missing.zh}）和其他半精度模式都需要 GPU：CPU 在这里只以 FP32 计算。` : '半精度的各模式需要 GPU。'}`,
  };
};
