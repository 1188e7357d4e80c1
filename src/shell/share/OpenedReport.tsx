/** A report that was opened: its measurements as they were taken, wherever that was. */
import { Button } from '@/ui/Button';
import { MeasurementTable } from '../demo/MeasurementTable';
import { useTranslation } from '../i18n';
import { usePage, usePageState } from '../run/usePage';
import { useSettings } from '../settings';
import style from './share.module.css';

export function OpenedReport() {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const page = usePage();
  const report = usePageState((state) => state.opened);
  if (!report) return null;
  const { environment, measurements, startedAt } = report;
  const when = new Date(startedAt).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en');
  return (
    <section className={style.opened} aria-label={t('report.title')}>
      <div className={style.openedHead}>
        <p>{t('report.opened', { when, adapter: environment.adapter })}</p>
        <Button onClick={() => page.store.setState({ opened: null })}>{t('report.close')}</Button>
      </div>
      {measurements.length > 0 && (
        <MeasurementTable
          measurements={measurements}
          adapterKind={environment.adapterKind}
          label={t('report.title')}
        />
      )}
    </section>
  );
}
