/** The same numbers by all four ways to sum: how far off each is, and how the elements' errors are spread. */
import { sentenceOf } from '@/lib/errors';
import { Histogram } from '@/ui/Histogram';
import { count, quantity, scientific, superscript } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import { binEdges } from '../errors';
import { HalfNote } from './HalfNote';
import type { TabProps } from './types';
import style from './view.module.css';

export function SumsTab({ view }: TabProps) {
  const { t, lang, session } = view;
  const { value, error } = useAsk(view, (asked, signal) => asked.compareSums(signal), []);
  const kinds = value?.kinds ?? [];
  const m = session?.sizes.m ?? 0;
  return (
    <div className={style.stack}>
      <Histogram
        title={t({
          en: 'Relative error of the elements of C, by the way to sum',
          zh: '不同累加方式下 C 各元素的相对误差',
        })}
        x={t({ en: '|c − c₆₄| / |c₆₄|, powers of two', zh: '|c − c₆₄| / |c₆₄|，以 2 的幂表示' })}
        tick={(edge) => `2${superscript(edge)}`}
        edges={binEdges}
        series={kinds.map(({ kind, errors }) => ({
          id: kind.id,
          role: kind.role,
          label: t(kind.label),
          counts: errors.counts,
        }))}
        aside={
          kinds.length === 0 &&
          error === undefined && (
            <span className={style.note}>{t({ en: 'Computing …', zh: '正在计算 …' })}</span>
          )
        }
      />
      {error !== undefined && <p role="alert">{sentenceOf(error, lang)}</p>}
      {kinds.length > 0 && (
        <div className={style.scroll} role="region" tabIndex={0} aria-label={t({ en: 'Errors', zh: '误差' })}>
          <table className={style.table}>
            <thead>
              <tr>
                <th scope="col">{t({ en: 'way to sum', zh: '累加方式' })}</th>
                <th scope="col">{t({ en: 'relative error', zh: '相对误差' })}</th>
                <th scope="col">{t({ en: 'mean', zh: '平均' })}</th>
                <th scope="col">{t({ en: 'largest', zh: '最大' })}</th>
                <th scope="col">{t({ en: 'exact', zh: '完全相同' })}</th>
                <th scope="col">{t({ en: 'overflowed', zh: '溢出' })}</th>
              </tr>
            </thead>
            <tbody>
              {kinds.map(({ kind, errors }) => (
                <tr key={kind.id}>
                  <th scope="row">{t(kind.label)}</th>
                  <td>{scientific(errors.relError)}</td>
                  <td>{quantity(Number(errors.meanUlp.toPrecision(3)), 'ulp')}</td>
                  <td>{quantity(Number(errors.maxUlp.toPrecision(3)), 'ulp')}</td>
                  <td>{count(errors.exact)}</td>
                  <td>{count(errors.overflowed)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={style.note}>
        {value && value.rows < m
          ? t({
              en: `${count(value.rows)} of ${count(m)} rows of C, drawn evenly, computed anew by each.`,
              zh: `均匀抽取 C 的 ${count(m)} 行中的 ${count(value.rows)} 行，分别重新计算。`,
            })
          : t({ en: 'All of C, computed anew by each.', zh: '整个 C，分别重新计算。' })}{' '}
        {t({
          en: 'Each against float64 of what it was given: halves as rounded. An ulp is that of the storage at the reference, so an element near zero may be many off.',
          zh: '各自与同样输入的 float64 结果对照：半精度以舍入后的数为准。ulp 按存储类型在参考值处的间距计，因此接近零的元素可能差很多个 ulp。',
        })}
      </p>
      <HalfNote view={view} />
    </div>
  );
}
