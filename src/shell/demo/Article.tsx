/** The explanation in the reader's language, and the papers it rests on. */
import { lazy, Suspense, useEffect, useMemo, useRef, type ComponentType, type RefObject } from 'react';
import { loadArticle } from '@/demos/index';
import type { DemoDecl } from '@/lab/demo';
import type { Lang } from '@/lib/text';
import { Try } from '@/ui/Try';
import { useTranslation } from '../i18n';
import { useSettings } from '../settings';
import style from './Article.module.css';
import { Boundary } from './Boundary';

type ArticleProps = { readonly components: Readonly<Record<string, ComponentType<never>>> };

const articles = new Map<string, ComponentType<ArticleProps>>();

function articleOf(slug: string, lang: Lang): ComponentType<ArticleProps> {
  const key = `${slug} ${lang}`;
  let article = articles.get(key);
  if (!article) {
    article = lazy(async () => ({ default: (await loadArticle(slug, lang)) as ComponentType<ArticleProps> }));
    articles.set(key, article);
  }
  return article;
}

const components = { Try };

export function Article({ demo }: { readonly demo: DemoDecl }) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const article = useRef<HTMLElement>(null);
  useReachableFormulas(article);
  const Text = useMemo(() => articleOf(demo.slug, lang), [demo.slug, lang]);
  return (
    <article ref={article} className={style.article} aria-label={t('article')}>
      <Boundary key={lang}>
        <Suspense fallback={<div className={style.skeleton} />}>
          {/* eslint-disable-next-line react-hooks/static-components -- one component per article, kept by articleOf */}
          <Text components={components} />
        </Suspense>
      </Boundary>
      {demo.papers.length > 0 && (
        <>
          <h2>{t('article.papers')}</h2>
          <ul>
            {demo.papers.map(({ title, authors, year, url }) => (
              <li key={url}>
                {authors}: <a href={url}>{title}</a> ({year})
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}

/** A formula wider than the page scrolls: then, and only then, the keyboard must be able to reach it. */
function useReachableFormulas(article: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = article.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      for (const formula of element.querySelectorAll<HTMLElement>('.katex-display')) {
        if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
        else formula.removeAttribute('tabindex');
      }
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [article]);
}
