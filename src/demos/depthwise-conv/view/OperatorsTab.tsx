/** The operators beside each other: what they cost by their formulas, and what they cost here. */
import { sentenceOf } from '@/lib/errors';
import { useState } from 'react';
import { significant } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import { Waiting } from '@/ui/Waiting';
import { macRatio } from '../operators';
import { timeRatio, type Found, type OperatorSession } from '../session';
import { Bars } from './Bars';
import { OperatorTable } from './OperatorTable';
import { OperatorRoofline } from './OperatorRoofline';
import type { TabProps } from './types';
import style from './view.module.css';

const isOperators = (session: unknown): session is OperatorSession =>
  typeof session === 'object' && session !== null && 'timed' in session;

export function OperatorsTab({ view }: TabProps) {
  const { t, lang, params, session, cpuOnly } = view;
  const [sofar, setSofar] = useState<Found>();
  const { value, fresh, error } = useAsk(
    view,
    (asked, signal) => {
      setSofar(undefined);
      // Another tab's session is about to go.
      if (!isOperators(asked)) throw new DOMException('another is coming', 'AbortError');
      return asked.timed(setSofar, signal);
    },
    [],
    true,
  );
  if (!isOperators(session)) return <Waiting height="24rem" />;
  const found = fresh ? value : sofar;
  const points = found?.points ?? [];
  const ratio = timeRatio(points);
  return (
    <div className={style.stack}>
      <p className={style.headline}>
        {t({
          en: `1/C + 1/k² = ${significant(macRatio(params))} of the multiply-adds`,
          zh: `乘加次数之比 1/C + 1/k² = ${significant(macRatio(params))}`,
        })}
        {cpuOnly
          ? ''
          : ratio === undefined
            ? t({ en: '; the times are being measured …', zh: '；正在测量耗时 …' })
            : t({
                en: `, ${significant(ratio)} of the time measured here`,
                zh: `，本机实测耗时之比 ${significant(ratio)}`,
              })}
      </p>
      <Bars about={session.about} points={points} t={t} />
      <OperatorTable about={session.about} points={points} cpuOnly={cpuOnly} t={t} lang={lang} />
      {error !== undefined && <p role="alert">{sentenceOf(error, lang)}</p>}
      {!cpuOnly && <OperatorRoofline view={view} found={found} fresh={fresh} />}
    </div>
  );
}
