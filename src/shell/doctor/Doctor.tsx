/** Says what is wrong with the GPU, what to do on this browser, and offers the report to copy. */
import { useEffect, useState } from 'react';
import { Button } from '@/ui/Button';
import { useTranslation } from '../i18n';
import { usePage, usePageState } from '../run/usePage';
import { useSettings } from '../settings';
import { CopyButton } from '../share/CopyButton';
import { browserOf, browserText } from './browser';
import { diagnose } from './diagnose';
import { doctorReport } from './report';
import { halfOf } from './smaller';
import style from './Doctor.module.css';

export function Doctor({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const page = usePage();
  const cpuOnly = usePageState((state) => state.cpuOnly);
  const { title, advice, finding, smaller } = diagnose(error, navigator.userAgent);
  const params = usePageState((state) => state.history.params);
  const half = smaller ? halfOf(page.demo, params) : undefined;
  const given = finding === 'parameter' || finding === 'input';
  const heading = t(given ? 'doctor.given' : 'doctor.title');
  const [report, setReport] = useState('');
  useEffect(() => {
    let current = true;
    void doctorReport(error).then((text) => {
      if (current) setReport(text);
    });
    return () => {
      current = false;
    };
  }, [error]);
  return (
    <section className={style.doctor} role="alert" aria-label={heading} data-finding={finding}>
      <p className={style.kicker}>
        {heading}
        {!given && ` · ${browserText(browserOf(navigator.userAgent))}`}
      </p>
      <p className={style.title}>{title[lang]}</p>
      <p className={style.todo}>{t('doctor.todo')}</p>
      <ul>
        {advice.map((text) => (
          <li key={text.en}>{text[lang]}</li>
        ))}
      </ul>
      {cpuOnly && <p>{t('cpu.only')}</p>}
      <div className={style.actions}>
        {half && (
          <Button look="primary" onClick={() => page.set({ [half.param]: half.value })}>
            {t('doctor.fit', { what: t('doctor.half', { name: half.param, value: half.value }) })}
          </Button>
        )}
        <Button look={half ? 'plain' : 'primary'} onClick={() => page.again()}>
          {t('doctor.again')}
        </Button>
        <CopyButton text={report}>{t('doctor.copy')}</CopyButton>
      </div>
      <details>
        <summary>{t('doctor.report')}</summary>
        <pre className={style.report} tabIndex={0}>
          {report}
        </pre>
      </details>
    </section>
  );
}
