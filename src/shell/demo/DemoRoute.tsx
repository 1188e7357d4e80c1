/** From an address to a running page, and back: the query moves the parameters, the parameters write the query. */
import { useEffect, useRef, useState } from 'react';
import { useLocation, useRouter } from '@tanstack/react-router';
import { findDemo } from '@/demos/index';
import type { DemoDecl } from '@/lab/demo';
import { Frame, NotFound } from '../Frame';
import { useTranslation } from '../i18n';
import { debounce, ownQuery, queryFor } from '../run/address';
import { Page } from '../run/page';
import { PageContext } from '../run/usePage';
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
  const [page] = useState(() => new Page(demo, search));
  const seen = useRef(ownQuery(search));

  useEffect(() => {
    const query = new URLSearchParams(search);
    adopt({ lang: query.get('lang'), theme: query.get('theme') });
    if (ownQuery(search) === seen.current) return;
    seen.current = ownQuery(search);
    page.adopt(search);
  }, [page, search]);

  useEffect(() => {
    const writing = debounce(() => {
      const { pathname, search: now } = router.history.location;
      const query = queryFor(demo, page.params, now);
      seen.current = ownQuery(query);
      // A payload in the fragment belonged to the state before.
      router.history.replace(`${pathname}${query}`);
    });
    const stop = page.store.subscribe((state, before) => {
      if (state.history.params !== before.history.params) writing.later();
    });
    return () => {
      stop();
      writing.cancel();
    };
  }, [demo, page, router]);

  return (
    <PageContext value={page}>
      <PageLab>{embedded ? <EmbedPage demo={demo} /> : <DemoPage demo={demo} />}</PageLab>
    </PageContext>
  );
}
