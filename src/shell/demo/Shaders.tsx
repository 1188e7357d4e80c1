/** The WGSL that really ran here, with its generated header, highlighted once it is looked at. */
import { useEffect, useState } from 'react';
import { Link } from '@tanstack/react-router';
import { Button } from '@/ui/Button';
import { useTranslation } from '../i18n';
import { usePageState } from '../run/usePage';
import { useSettings } from '../settings';
import style from './DemoPage.module.css';
import own from './Shaders.module.css';

export function Shaders() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const device = usePageState((state) => state.device);
  // Compiled pipelines grow with what was run and measured.
  usePageState(
    (state) => `${state.run.frame} ${state.run.measurements.length} ${state.run.progress?.done ?? 0}`,
  );
  const sources = open && device ? device.pipelines.sources() : [];
  const [chosen, setChosen] = useState<string>();
  const source = sources.find(({ file }) => file === chosen) ?? sources.at(-1);
  return (
    <section className={style.section}>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={own.summary}>{t('shaders')}</summary>
        {open && !source && <p className={style.lead}>{t('shaders.none')}</p>}
        {source && (
          <>
            <div className={own.bar}>
              <select
                aria-label={t('shaders')}
                value={source.file}
                onChange={(event) => setChosen(event.target.value)}
              >
                {sources.map(({ file }) => (
                  <option key={file}>{file}</option>
                ))}
              </select>
              <Button onClick={() => void navigator.clipboard.writeText(source.code)}>
                {t('shaders.copy')}
              </Button>
              {source.origin && (
                <Link
                  to="/workbench/$kernel"
                  params={{ kernel: source.origin.kernel }}
                  search={{
                    raw: `?${new URLSearchParams({ variant: source.origin.variant, file: source.file }).toString()}`,
                  }}
                >
                  {t('shaders.workbench')}
                </Link>
              )}
            </div>
            <Code key={source.code} code={source.code} label={source.file} />
          </>
        )}
      </details>
    </section>
  );
}

function Code({ code, label }: { readonly code: string; readonly label: string }) {
  const { dark } = useSettings();
  const [html, setHtml] = useState<string>();
  useEffect(() => {
    let current = true;
    void import('./highlight').then(async ({ highlight }) => {
      const made = await highlight(code, dark);
      if (current) setHtml(made);
    });
    return () => {
      current = false;
    };
  }, [code, dark]);
  return (
    <div className={own.code} role="region" aria-label={label} tabIndex={0}>
      {html === undefined ? <pre>{code}</pre> : <div dangerouslySetInnerHTML={{ __html: html }} />}
    </div>
  );
}
