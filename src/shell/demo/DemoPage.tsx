/** A demo's page: view and controls first, then charts, the shaders that ran, the article. */
import { lazy, Suspense } from 'react';
import type { DemoDecl } from '@/lab/demo';
import { Button } from '@/ui/Button';
import { Presets } from '../controls/Presets';
import { Frame } from '../Frame';
import { useTranslation } from '../i18n';
import { useComparing, usePage } from '../run/usePage';
import { useSettings } from '../settings';
import { OpenedReport } from '../share/OpenedReport';
import { Article } from './Article';
import { Charts } from './Charts';
import style from './DemoPage.module.css';
import { Notices } from './Notices';
import { STAGE } from './PageLab';
import { Shaders } from './Shaders';
import { Sides } from './Sides';
import { useUndoKeys } from './useUndoKeys';

const Actions = lazy(() => import('../share/Actions'));

export function DemoPage({ demo }: { readonly demo: DemoDecl }) {
  const { lang } = useSettings();
  const { timeline } = usePage();
  const { t } = useTranslation();
  const comparing = useComparing();
  useUndoKeys();
  return (
    <Frame title={`${demo.title[lang]} · tilewise`}>
      <div className={style.head}>
        <div className={style.title}>
          <h1>{demo.title[lang]}</h1>
          <p>{demo.summary[lang]}</p>
        </div>
        <div className={style.actions}>
          <Button aria-pressed={comparing} onClick={comparing ? timeline.endComparison : timeline.compare}>
            {t('compare')}
          </Button>
          <Suspense fallback={null}>
            <Actions demo={demo} />
          </Suspense>
        </div>
      </div>
      <Notices />
      <OpenedReport />
      <div id={STAGE} className={style.stage}>
        <Sides demo={demo}>
          <Presets demo={demo} />
        </Sides>
      </div>
      <Charts demo={demo} />
      <Shaders />
      <Article demo={demo} />
    </Frame>
  );
}
