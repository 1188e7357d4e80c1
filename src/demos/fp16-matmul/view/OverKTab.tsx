/** The error over K by each way to sum, measured, beside how it is predicted to grow. */
import { useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import { Chart } from '@/ui/Chart';
import { useAsk } from '@/ui/useAsk';
import { kinds } from '../kinds';
import { predicted, SIDE, STEPS, type AtK } from '../overK';
import type { TabProps } from './types';
import style from './view.module.css';

export function OverKTab({ view }: TabProps) {
  const { t, lang, params } = view;
  const [sofar, setSofar] = useState<readonly AtK[]>([]);
  const { value, fresh, error } = useAsk(
    view,
    (session, signal) => session.overK(setSofar, signal),
    [],
    true,
  );
  const points = fresh ? (value ?? sofar) : sofar;
  const ks = points.length > 0 && fresh ? points.map(({ k }) => k) : STEPS;
  const own = params.tensors !== null;
  const positive = (y: number | undefined): number | null => (y !== undefined && y > 0 ? y : null);
  return (
    <div className={style.stack}>
      <Chart
        title={t({
          en: 'Relative error ‖C − C₆₄‖ / ‖C₆₄‖ over K, by the way to sum',
          zh: '相对误差 ‖C − C₆₄‖ / ‖C₆₄‖ 随 K 的变化，按累加方式',
        })}
        x={{ label: t({ en: 'terms of each sum K', zh: '每个和的项数 K' }), scale: 'log' }}
        y={{ label: t({ en: 'relative error', zh: '相对误差' }), scale: 'log' }}
        xValues={ks}
        aside={
          !fresh &&
          error === undefined && (
            <span className={style.note}>{t({ en: 'Measuring …', zh: '正在测量 …' })}</span>
          )
        }
        lines={[
          ...kinds.map(({ id, role, label }) => ({
            id,
            role,
            label: t(label),
            points: points.map(({ k, kinds: found }) => ({
              x: k,
              y: positive(found.find(({ kind }) => kind.id === id)?.errors.relError),
            })),
          })),
          {
            id: 'root',
            role: 'predicted' as const,
            label: t({ en: 'predicted: √K · u, u = 2⁻¹¹', zh: '预测：√K · u，u = 2⁻¹¹' }),
            points: ks.map((x) => ({ x, y: predicted(x).root })),
          },
          {
            id: 'worst',
            role: 'predicted' as const,
            label: t({ en: 'predicted, worst case: K · u', zh: '最坏情形预测：K · u' }),
            points: ks.map((x) => ({ x, y: predicted(x).worst <= 1 ? predicted(x).worst : null })),
          },
        ]}
      />
      {error !== undefined && <p role="alert">{sentenceOf(error, lang)}</p>}
      <p className={style.note}>
        {own
          ? t({
              en: `The first ${SIDE} rows and columns and the first K terms of the file’s sums, every element against float64.`,
              zh: `取文件中前 ${SIDE} 行、前 ${SIDE} 列、每个和的前 K 项；每个元素都与 float64 对照。`,
            })
          : t({
              en: `Products of ${SIDE} × ${SIDE} elements, drawn anew for each K as the numbers and seed beside say, every element against float64. Real sums, run here.`,
              zh: `${SIDE} × ${SIDE} 个元素的乘积，按旁边的分布与种子为每个 K 重新生成；每个元素都与 float64 对照，全部在本机实际运算。`,
            })}{' '}
        {t({
          en: 'The worst case says nothing once K · u reaches 1. Cancelling sums are worse than either line, by as much as they cancel.',
          zh: 'K · u 达到 1 之后，最坏情形就不再说明问题。相消的和会超出两条线，超出多少取决于相消的程度。',
        })}
      </p>
    </div>
  );
}
