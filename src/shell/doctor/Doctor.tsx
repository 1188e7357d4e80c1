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
import { offerFor, type Offer } from './smaller';
import style from './Doctor.module.css';

export function Doctor({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const page = usePage();
  const cpuOnly = usePageState((state) => state.cpuOnly);
  const { title, advice, finding } = diagnose(error, navigator.userAgent);
  const offer = useOffer(error);
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
        {offer && (
          <Button look="primary" onClick={() => page.set({ [offer.param]: offer.value })}>
            {t(`doctor.${offer.why}`, { name: offer.param, value: offer.value })}
          </Button>
        )}
        <Button look={offer ? 'plain' : 'primary'} onClick={() => page.again()}>
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

/** Found in the background: the doctor speaks at once. */
function useOffer(error: unknown): Offer | undefined {
  const page = usePage();
  const [found, setFound] = useState<{ readonly error: unknown; readonly offer: Offer | undefined }>();
  useEffect(() => {
    let current = true;
    const { device } = page.store.getState();
    offerFor(page.demo, page.params, error, device).then(
      (offer) => {
        if (current) setFound({ error, offer });
      },
      // Then there is nothing to offer: the error itself is on the page.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [error, page]);
  return found && found.error === error ? found.offer : undefined;
}
