/** The loss scale over the steps, with the steps that were skipped. */
import { useState } from 'react';
import { Button } from '@/ui/Button';
import { count, superscript } from '@/ui/format';
import { modeDecls } from '../modes';
import { modeLabels } from '../params';
import type { ShownRun } from '../shown';
import type { TabProps } from './types';
import style from './view.module.css';

export function LossScaleTab({ view, session }: TabProps) {
  const { t, params } = view;
  const scaled = session.runs.filter(({ mode }) => modeDecls[mode].scaling !== 'none');
  return (
    <div className={style.stack}>
      {scaled.length === 0 && (
        <p className={style.sentence}>
          {t({
            en: 'None of the modes in training scales its loss. Choose one with a static or dynamic loss scale.',
            zh: '正在训练的模式都没有损失缩放。请选择静态或动态损失缩放的模式。',
          })}
        </p>
      )}
      {scaled.map((run) => (
        <Timeline key={run.mode} run={run} view={view} />
      ))}
      {scaled.length > 0 && (
        <p className={style.note}>
          {t({
            en: `On overflow the step is skipped and the dynamic scale halves; after ${count(params['growth-interval'])} finite steps in a row it doubles (PyTorch’s GradScaler: 65,536 at first, × 2 after 2000 steps, × ½ on overflow).`,
            zh: `溢出时跳过该步，动态缩放减半；连续 ${count(params['growth-interval'])} 个有限的步之后翻倍（PyTorch 的 GradScaler：初值 65536，2000 步后 × 2，溢出时 × ½）。`,
          })}
        </p>
      )}
    </div>
  );
}

const HEIGHT = 100;
const WIDTH = 600;

function Timeline({ run, view }: { readonly run: ShownRun; readonly view: TabProps['view'] }) {
  const { t, params } = view;
  const [table, setTable] = useState(false);
  const { records, mode } = run;
  const label = t(modeLabels[mode]);
  const title = t({ en: `${label}: loss scale, and skipped steps`, zh: `${label}：损失缩放与跳过的步` });
  const powers = records.map(({ lossScale }) => Math.log2(lossScale));
  // What moves fills the frame, with a factor of two to spare.
  const low = Math.floor(Math.min(...powers, 16)) - 1;
  const high = Math.ceil(Math.max(...powers, 16)) + 1;
  const ticks = ticksOf(low, high);
  const length = Math.max(params.steps, records.length);
  const x = (step: number): number => (WIDTH * step) / length;
  const y = (power: number): number => HEIGHT - (HEIGHT * (power - low)) / (high - low);
  const skipped = records.flatMap((record, step) => (record.skipped ? [step] : []));
  const changes = records.flatMap(({ lossScale }, step) =>
    step === 0 || records[step - 1]!.lossScale !== lossScale ? [{ step, lossScale }] : [],
  );
  return (
    <figure className={style.histogram}>
      <div className={style.head}>
        <figcaption>{title}</figcaption>
        <Button aria-pressed={table} onClick={() => setTable(!table)}>
          {t({ en: 'Table', zh: '表格' })}
        </Button>
      </div>
      <p className={style.reading}>
        {t({
          en: `${count(skipped.length)} of ${count(records.length)} steps skipped; scale now ${count(records.at(-1)?.lossScale ?? 0)}`,
          zh: `${count(records.length)} 步中跳过 ${count(skipped.length)} 步；当前缩放 ${count(records.at(-1)?.lossScale ?? 0)}`,
        })}
      </p>
      {table ? (
        <div className={style.table} role="region" aria-label={title} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t({ en: 'from step', zh: '自第几步' })}</th>
                <th scope="col">{t({ en: 'loss scale', zh: '损失缩放' })}</th>
                <th scope="col">{t({ en: 'because', zh: '原因' })}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ step, lossScale }) => (
                <tr key={step}>
                  <th scope="row">{count(step)}</th>
                  <td>{count(lossScale)}</td>
                  <td>{t(step === 0 ? start : records[step - 1]!.skipped ? overflow : interval)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div className={style.timeline}>
          <div className={style.powers} aria-hidden>
            {ticks.map((power) => (
              <span key={power} style={{ top: `${y(power)}%` }}>
                2{superscript(power)}
              </span>
            ))}
          </div>
          <svg
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={`${title}. ${t({ en: 'The table holds the same numbers.', zh: '表格中有同样的数据。' })}`}
          >
            {ticks.map((power) => (
              <line key={power} x1={0} x2={WIDTH} y1={y(power)} y2={y(power)} className={style.grid} />
            ))}
            {skipped.map((step) => (
              <line key={step} x1={x(step)} x2={x(step)} y1={0} y2={HEIGHT} className={style.skipped} />
            ))}
            <path
              className={style.exact}
              d={powers.map((power, i) => `${i === 0 ? 'M' : 'L'}${x(i)} ${y(power)}H${x(i + 1)}`).join('')}
            />
          </svg>
          <div className={style.ends} aria-hidden>
            <span>0</span>
            <span>{t({ en: 'step', zh: '步' })}</span>
            <span>{count(length)}</span>
          </div>
        </div>
      )}
      {!table && skipped.length > 0 && (
        <p className={style.note}>
          <span className={style.skippedKey} aria-hidden /> {t({ en: 'a skipped step', zh: '被跳过的步' })}
        </p>
      )}
    </figure>
  );
}

/** Powers of two with a line of their own, seven at most. */
function ticksOf(low: number, high: number): number[] {
  const by = Math.ceil((high - low) / 6);
  return Array.from({ length: Math.floor((high - low) / by) + 1 }, (_, i) => low + i * by);
}

const start = { en: 'first value', zh: '初值' };
const overflow = { en: 'overflow: halved', zh: '溢出：减半' };
const interval = { en: 'interval without overflow: doubled', zh: '间隔内无溢出：翻倍' };
