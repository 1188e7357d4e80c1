/** Opening run reports: chosen, or dropped anywhere on the page. */
import { useCallback, useEffect } from 'react';
import { findDemo } from '@/demos/index';
import { LabError } from '@/lib/errors';
import { fill, type Text } from '@/lib/text';
import { clean } from '@/lab/validate';
import type { DemoDecl } from '@/lab/demo';
import { usePage } from '../run/usePage';
import { strings } from '../strings';
import { readReport } from './exports';

export function useOpenReport(demo: DemoDecl): (file: File) => void {
  const page = usePage();
  return useCallback(
    (file: File) => {
      const say = (text: Text): void => page.store.setState({ notices: [{ param: '', text }] });
      void (async () => {
        try {
          const report = await readReport(await file.text(), file.name);
          const { rawOf } = await import('@/lab/buildReport');
          if (report.demo !== demo.slug) {
            const other = findDemo(report.demo);
            say(inBoth('report.other', { slug: other?.title.en ?? report.demo }));
            return;
          }
          page.openReport(report, clean(demo, rawOf(report)).params);
        } catch (error) {
          if (!(error instanceof LabError)) throw error;
          say({ en: error.sentence('en'), zh: error.sentence('zh') });
        }
      })();
    },
    [demo, page],
  );
}

const inBoth = (key: keyof typeof strings, values: Readonly<Record<string, string>>): Text => ({
  en: fill(strings[key], values, 'en'),
  zh: fill(strings[key], values, 'zh'),
});

/** A report dropped beside the drop zones opens too, rather than replacing the page. */
export function useReportDrop(open: (file: File) => void): void {
  useEffect(() => {
    const over = (event: DragEvent): void => event.preventDefault();
    const drop = (event: DragEvent): void => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file && /\.json$/i.test(file.name)) open(file);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
    };
  }, [open]);
}
