/** "Try this": settings with something to look for. */
import { useId } from 'react';
import type { DemoDecl } from '@/lab/demo';
import { changedKeys } from '@/lab/living';
import { defaultsOf, type Params } from '@/lab/schema';
import { useTranslation } from '../i18n';
import { usePage, useParams } from '../run/usePage';
import { useSettings } from '../settings';
import style from './controls.module.css';

export function Presets({ demo }: { readonly demo: DemoDecl }) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const page = usePage();
  const id = useId();
  const params = useParams();
  if (demo.presets.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={style.heading}>
        {t('presets')}
      </h2>
      <ul className={style.presets}>
        {demo.presets.map(({ id: key, title, note, params: patch }) => {
          const target: Params = { ...defaultsOf(demo.params), ...(patch as Params) };
          return (
            <li key={key}>
              <button
                type="button"
                className={style.preset}
                aria-pressed={changedKeys(target, params).length === 0}
                onClick={() => page.set(target)}
              >
                <strong>{title[lang]}</strong>
                <span>{note[lang]}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
