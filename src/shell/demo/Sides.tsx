/** The demo at work with its controls, once, or twice side by side where two settings are compared. */
import { useEffect, type ReactNode } from 'react';
import type { DemoDecl } from '@/lab/demo';
import { changedKeys } from '@/lab/living';
import { textOf } from '@/lab/validate';
import { Button } from '@/ui/Button';
import { CrossIcon } from '@/ui/icons';
import { ControlPanel } from '../controls/ControlPanel';
import { useTranslation } from '../i18n';
import { PageContext, useComparing, useOther, usePage, useParams } from '../run/usePage';
import { isText } from './isText';
import { Notices } from './Notices';
import { PageLab } from './PageLab';
import { Stage } from './Stage';
import style from './Sides.module.css';

interface SidesProps {
  readonly demo: DemoDecl;
  /** Below the first side's view. */
  readonly children?: ReactNode;
}

export function Sides({ demo, children }: SidesProps) {
  const page = usePage();
  const other = useOther();
  const comparing = useComparing();
  useEffect(() => page.start(), [page]);
  return (
    <div className={style.sides} data-comparing={comparing}>
      <div className={style.side} data-side="a">
        {comparing && <h2 className={style.head}>A</h2>}
        <Stage demo={demo} />
        <aside>
          <ControlPanel demo={demo} />
        </aside>
        {children}
      </div>
      {comparing && (
        <PageContext value={other}>
          <PageLab>
            <SecondSide demo={demo} />
          </PageLab>
        </PageContext>
      )}
    </div>
  );
}

function SecondSide({ demo }: { readonly demo: DemoDecl }) {
  const { t } = useTranslation();
  const page = usePage();
  useEffect(() => page.start(), [page]);
  useEscape(page.timeline.endComparison);
  return (
    <section className={style.side} data-side="b" aria-label={t('compare.second')}>
      <div className={style.head}>
        <h2>B</h2>
        <Differences />
        <Button look="quiet" name={t('compare.end')} onClick={page.timeline.endComparison}>
          <CrossIcon />
        </Button>
      </div>
      <div>
        <Notices />
        <Stage demo={demo} />
      </div>
      <aside>
        <ControlPanel demo={demo} />
      </aside>
    </section>
  );
}

function Differences() {
  const { t } = useTranslation();
  const { base, demo } = usePage();
  const params = useParams();
  const changed = changedKeys(base, params).filter((name) => Object.hasOwn(demo.params, name));
  if (changed.length === 0) return <p>{t('compare.none')}</p>;
  return (
    <ul aria-label={t('compare.differs')}>
      {changed.map((name) => (
        <li key={name}>
          {name} <s>{textOf(base[name] ?? null)}</s> {textOf(params[name] ?? null)}
        </li>
      ))}
    </ul>
  );
}

function useEscape(end: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // A menu or a field that Escape closes comes first.
      if (event.key === 'Escape' && !event.defaultPrevented && !isText(event.target)) end();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [end]);
}
