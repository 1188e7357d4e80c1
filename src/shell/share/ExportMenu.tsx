/** The run as a picture, a table or a report, and a report opened again. */
import { useRef } from 'react';
import type { DemoDecl } from '@/lab/demo';
import { useLab } from '@/ui/context';
import { ExportIcon } from '@/ui/icons';
import { useTranslation } from '../i18n';
import { usePage, usePageState } from '../run/usePage';
import { download } from './download';
import { csvOf, reportOf } from './exports';
import { Menu, MenuItem } from './Menu';
import { useOpenReport, useReportDrop } from './useReports';

export function ExportMenu({ demo }: { readonly demo: DemoDecl }) {
  const { t } = useTranslation();
  const page = usePage();
  const { pictureRef } = useLab();
  const chooser = useRef<HTMLInputElement>(null);
  const ready = usePageState((state) => state.run.fresh);
  const measured = usePageState(
    ({ run }) => run.measurements.length > 0 || run.series.length > 0 || Object.keys(run.sweeps).length > 0,
  );
  const open = useOpenReport(demo);
  useReportDrop(open);

  const json = async (): Promise<void> => {
    const report = await reportOf(page);
    download(`${demo.slug}.json`, new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' }));
  };
  const csv = async (): Promise<void> =>
    download(`${demo.slug}.csv`, new Blob([await csvOf(demo, page.store.getState())], { type: 'text/csv' }));
  const png = async (): Promise<void> => {
    const picture = await pictureRef.current?.();
    if (picture) download(`${demo.slug}.png`, picture);
  };
  return (
    <>
      <Menu label={t('export')} icon={<ExportIcon />}>
        <MenuItem disabled={!ready} onSelect={() => void png()}>
          {t('export.png')}
        </MenuItem>
        <MenuItem disabled={!measured} onSelect={() => void csv()}>
          {t('export.csv')}
        </MenuItem>
        <MenuItem disabled={!ready} onSelect={() => void json()}>
          {t('export.json')}
        </MenuItem>
        <MenuItem onSelect={() => chooser.current?.click()}>{t('export.open')}</MenuItem>
      </Menu>
      <input
        ref={chooser}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t('export.open')}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) open(file);
          event.target.value = '';
        }}
      />
    </>
  );
}
