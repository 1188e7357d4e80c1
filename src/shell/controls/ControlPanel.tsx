/** The control panel, made from the demo's schema alone. */
import { useId } from 'react';
import type { DemoDecl } from '@/lab/demo';
import { changedKeys } from '@/lab/living';
import type { Param } from '@/lab/schema';
import { Button } from '@/ui/Button';
import { RedoIcon, UndoIcon } from '@/ui/icons';
import { useTranslation } from '../i18n';
import { usePage, useParams, useTimeline } from '../run/usePage';
import { useSettings } from '../settings';
import { Control } from './Control';
import style from './controls.module.css';

export function ControlPanel({ demo }: { readonly demo: DemoDecl }) {
  const { t } = useTranslation();
  const page = usePage();
  const id = useId();
  const params = useParams();
  // The second side is marked where it differs from the first, which moves too.
  const { past, future } = useTimeline((history) => history);
  const changed = changedKeys(page.base, params);
  return (
    <section aria-labelledby={id}>
      <div className={style.head}>
        <h2 id={id}>{t('controls')}</h2>
        <Button look="quiet" name={t('controls.undo')} disabled={past.length === 0} onClick={page.undo}>
          <UndoIcon />
        </Button>
        <Button look="quiet" name={t('controls.redo')} disabled={future.length === 0} onClick={page.redo}>
          <RedoIcon />
        </Button>
        <Button disabled={changed.length === 0} onClick={page.reset}>
          {t(page.side === 'a' ? 'controls.reset' : 'compare.same')}
        </Button>
      </div>
      {groupsOf(demo.params).map(({ title, names }) => (
        <Group key={title?.en ?? names.join()} demo={demo} title={title} names={names} changed={changed} />
      ))}
    </section>
  );
}

interface GroupOfControls {
  readonly title: Param['group'];
  readonly names: readonly string[];
}

function Group({
  demo,
  title,
  names,
  changed,
}: GroupOfControls & { readonly demo: DemoDecl; readonly changed: readonly string[] }) {
  const { lang } = useSettings();
  const id = useId();
  const params = useParams();
  const shown = names.flatMap((name) => {
    const param = demo.params[name];
    return !param || param.applies?.(params) === false ? [] : [{ name, param }];
  });
  // A heading over nothing would only ask what is missing.
  if (shown.length === 0) return null;
  return (
    <div role="group" aria-labelledby={title ? id : undefined} className={style.group}>
      {title && (
        <h3 id={id} className={style.groupTitle}>
          {title[lang]}
        </h3>
      )}
      {shown.map(({ name, param }) => (
        <Control key={name} name={name} param={param} changed={changed.includes(name)} />
      ))}
    </div>
  );
}

/** Parameters in their order; those of one group stand together where the first of them stands. */
function groupsOf(schema: DemoDecl['params']): GroupOfControls[] {
  const groups = new Map<string, { title: Param['group']; names: string[] }>();
  for (const [name, { group }] of Object.entries(schema)) {
    const key = group?.en ?? '';
    const found = groups.get(key);
    if (found) found.names.push(name);
    else groups.set(key, { title: group, names: [name] });
  }
  return [...groups.values()];
}
