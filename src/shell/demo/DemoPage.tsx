/** A demo's page: view and controls first, then charts, the shaders that ran, the article. */
import { lazy, Suspense, useEffect } from 'react';
import type { DemoDecl } from '@/lab/demo';
import { ControlPanel } from '../controls/ControlPanel';
import { Presets } from '../controls/Presets';
import { Frame } from '../Frame';
import { usePage } from '../run/usePage';
import { useSettings } from '../settings';
import { OpenedReport } from '../share/OpenedReport';
import { Article } from './Article';
import { Charts } from './Charts';
import style from './DemoPage.module.css';
import { Notices } from './Notices';
import { STAGE } from './PageLab';
import { Shaders } from './Shaders';
import { Stage } from './Stage';
import { useUndoKeys } from './useUndoKeys';

const Actions = lazy(() => import('../share/Actions'));

export function DemoPage({ demo }: { readonly demo: DemoDecl }) {
  const { lang } = useSettings();
  const page = usePage();
  useEffect(() => page.start(), [page]);
  useUndoKeys();
  return (
    <Frame title={`${demo.title[lang]} · tilewise`}>
      <div className={style.head}>
        <div className={style.title}>
          <h1>{demo.title[lang]}</h1>
          <p>{demo.summary[lang]}</p>
        </div>
        <div className={style.actions}>
          <Suspense fallback={null}>
            <Actions demo={demo} />
          </Suspense>
        </div>
      </div>
      <Notices />
      <OpenedReport />
      <div id={STAGE} className={style.stage}>
        <div className={style.view}>
          <Stage demo={demo} />
        </div>
        <aside className={style.side}>
          <ControlPanel demo={demo} />
        </aside>
        <div className={style.presets}>
          <Presets demo={demo} />
        </div>
      </div>
      <Charts demo={demo} />
      <Shaders />
      <Article demo={demo} />
    </Frame>
  );
}
