/** A demo inside another page: view and controls alone, and the way to the whole page. Small frames start on a click. */
import { useEffect, useState } from 'react';
import type { DemoDecl } from '@/lab/demo';
import { Button } from '@/ui/Button';
import { PlayIcon } from '@/ui/icons';
import { useTranslation } from '../i18n';
import { address, root } from '../root';
import { useTimeline } from '../run/usePage';
import { useSettings } from '../settings';
import { linkTo } from '../share/link';
import { useFragment } from '../share/useFragment';
import style from './EmbedPage.module.css';
import { Notices } from './Notices';
import { STAGE } from './PageLab';
import { Sides } from './Sides';
import { useUndoKeys } from './useUndoKeys';

/** Below this a frame is one of many pictures on somebody's page. */
const isSmall = (): boolean => innerWidth < 480 || innerHeight < 400;

export function EmbedPage({ demo }: { readonly demo: DemoDecl }) {
  const [started, setStarted] = useState(() => !isSmall());
  const { lang } = useSettings();
  useEffect(() => {
    document.title = `${demo.title[lang]} · tilewise`;
  }, [demo, lang]);
  return (
    <main className={style.embed}>
      {started ? <Running demo={demo} /> : <Waiting demo={demo} start={() => setStarted(true)} />}
      <Origin demo={demo} />
    </main>
  );
}

function Running({ demo }: { readonly demo: DemoDecl }) {
  useUndoKeys();
  return (
    <>
      <Notices />
      <div id={STAGE}>
        <Sides demo={demo} />
      </div>
    </>
  );
}

function Waiting({ demo, start }: { readonly demo: DemoDecl; readonly start: () => void }) {
  const { t } = useTranslation();
  const { dark } = useSettings();
  return (
    <div className={style.waiting}>
      <img
        src={address(`previews/${demo.slug}${dark ? '-dark' : ''}.png`)}
        alt=""
        onError={(event) => {
          event.currentTarget.hidden = true;
        }}
      />
      <Button look="primary" onClick={start}>
        <PlayIcon />
        {t('run.start')}
      </Button>
    </div>
  );
}

function Origin({ demo }: { readonly demo: DemoDecl }) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const sides = useTimeline((history) => history.sides);
  const fragment = useFragment();
  return (
    <footer className={style.origin}>
      <h1>{demo.title[lang]}</h1>
      <a
        href={linkTo(root.href, demo, sides, 'demos', location.search, fragment)}
        target="_blank"
        rel="noopener"
      >
        {t('embed.open')}
      </a>
    </footer>
  );
}
