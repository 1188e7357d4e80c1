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
import style from './Doctor.module.css';

export function Doctor({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const page = usePage();
  const cpuOnly = usePageState((state) => state.cpuOnly);
  const { title, advice, finding } = diagnose(error, navigator.userAgent);
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
    <section className={style.doctor} role="alert" aria-label={t('doctor.title')} data-finding={finding}>
      <p className={style.kicker}>
        {t('doctor.title')} · {browserText(browserOf(navigator.userAgent))}
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
        <Button look="primary" onClick={() => page.again()}>
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
