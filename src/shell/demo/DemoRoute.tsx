/** From an address to a running page, and back: the query moves the parameters, the parameters write the query. */
import { useEffect, useRef, useState } from 'react';
import { useLocation, useRouter } from '@tanstack/react-router';
import { findDemo } from '@/demos/index';
import type { DemoDecl } from '@/lab/demo';
import { Frame, NotFound } from '../Frame';
import { useTranslation } from '../i18n';
import { debounce, ownQuery, queryFor } from '../run/address';
import { fragmentOf } from '../run/files';
import { Page } from '../run/page';
import { Timeline } from '../run/timeline';
import { OtherContext, PageContext } from '../run/usePage';
import { adopt } from '../settings';
import { DemoPage } from './DemoPage';
import { EmbedPage } from './EmbedPage';
import { PageLab } from './PageLab';

export function DemoRoute({ slug, embedded }: { readonly slug: string; readonly embedded: boolean }) {
  const { t } = useTranslation();
  // A plain host may serve the page by its file's name.
  const demo = findDemo(slug.replace(/\.html$/, ''));
  if (demo) return <DemoHost key={slug} demo={demo} embedded={embedded} />;
  if (embedded) return <NotFound />;
  return <Frame title="tilewise">{t('page.missing.demo', { slug })}</Frame>;
}

function DemoHost({ demo, embedded }: { readonly demo: DemoDecl; readonly embedded: boolean }) {
  const search = useLocation({ select: ({ searchStr }) => searchStr });
  const router = useRouter();
  const [{ timeline, page, other }] = useState(() => {
    const shared = new Timeline(demo, search);
    return { timeline: shared, page: new Page(shared, 'a'), other: new Page(shared, 'b') };
  });
  const seen = useRef(ownQuery(search));

  useEffect(() => {
    const query = new URLSearchParams(search);
    adopt({ lang: query.get('lang'), theme: query.get('theme') });
    if (ownQuery(search) === seen.current) return;
    seen.current = ownQuery(search);
    page.adopt(search);
  }, [page, search]);

  useEffect(() => {
    let left = false;
    const write = async (): Promise<void> => {
      const { sides } = timeline.store.getState();
      const fragment = await fragmentOf(demo, sides);
      // Moved meanwhile, it is written again anyway; on another page it is too late.
      if (left || timeline.store.getState().sides !== sides) return;
      const { pathname, search: now } = router.history.location;
      const query = queryFor(demo, sides, now);
      seen.current = ownQuery(query);
      router.history.replace(`${pathname}${query}${fragment}`);
    };
    const writing = debounce(() => void write());
    const stop = timeline.store.subscribe((now, before) => {
      if (now.sides !== before.sides) writing.later();
    });
    return () => {
      left = true;
      stop();
      writing.cancel();
    };
  }, [demo, timeline, router]);

  return (
    <PageContext value={page}>
      <OtherContext value={other}>
        <PageLab>{embedded ? <EmbedPage demo={demo} /> : <DemoPage demo={demo} />}</PageLab>
      </OtherContext>
    </PageContext>
  );
}
