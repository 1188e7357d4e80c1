/** One parameter: its name, its value, a mark where it differs from the default and a way back. */
import { useId, useState } from 'react';
import type { Param, Value } from '@/lab/schema';
import { textOf } from '@/lab/validate';
import type { Lang } from '@/lib/text';
import { Button } from '@/ui/Button';
import { ResetIcon } from '@/ui/icons';
import { useTranslation } from '../i18n';
import { usePage, useParams } from '../run/usePage';
import { useSettings } from '../settings';
import { ChoiceControl } from './ChoiceControl';
import { FileControl } from './FileControl';
import type { InputProps } from './inputProps';
import { RangeControl } from './RangeControl';
import { SeedControl } from './SeedControl';
import { ToggleControl } from './ToggleControl';
import style from './controls.module.css';

interface ControlProps {
  readonly name: string;
  readonly param: Param;
  readonly changed: boolean;
}

export function Control({ name, param, changed }: ControlProps) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const page = usePage();
  const id = useId();
  const [help, setHelp] = useState(false);
  const value = useParams()[name] ?? null;
  const base = page.base[name] ?? null;
  const label = param.label[lang];
  const helpId = param.help && `${id}-help`;
  return (
    <div className={style.control} data-changed={changed}>
      <div className={style.label}>
        <label htmlFor={id}>{label}</label>
        {param.help && (
          <button
            type="button"
            className={style.what}
            aria-expanded={help}
            aria-controls={helpId}
            aria-label={`${label}: ?`}
            title={param.help[lang]}
            onClick={() => setHelp(!help)}
          >
            ?
          </button>
        )}
        {changed && (
          <>
            <span
              className={style.dot}
              title={t(page.side === 'a' ? 'controls.changed' : 'compare.differs')}
            />
            <Button
              look="quiet"
              className={style.reset}
              name={t(page.side === 'a' ? 'controls.reset.one' : 'compare.same.one', {
                value: shown(param, base, lang),
              })}
              onClick={() => page.set({ [name]: base })}
            >
              <ResetIcon />
            </Button>
          </>
        )}
      </div>
      <Input id={id} helpId={helpId} label={label} name={name} param={param} value={value} />
      {param.help && (
        <p id={helpId} className={help ? style.help : 'visually-hidden'}>
          {param.help[lang]}
        </p>
      )}
    </div>
  );
}

type AnyInput = Omit<InputProps<Param, Value>, 'set'>;

/** The kind decides both the control and the type of its value. */
function Input({ param, value, ...rest }: AnyInput) {
  const page = usePage();
  const set = (moved: Value): void => page.change(rest.name, moved);
  switch (param.kind) {
    case 'range':
      return <RangeControl {...rest} param={param} value={Number(value)} set={set} />;
    case 'toggle':
      return <ToggleControl {...rest} param={param} value={value === true} set={set} />;
    case 'choice':
      return (
        <ChoiceControl
          {...rest}
          param={param}
          value={typeof value === 'string' ? value : param.default}
          set={set}
        />
      );
    case 'seed':
      return <SeedControl {...rest} param={param} value={Number(value)} set={set} />;
    case 'file':
      return (
        <FileControl {...rest} param={param} value={typeof value === 'object' ? value : null} set={set} />
      );
  }
}

function shown(param: Param, value: Value, lang: Lang): string {
  if (param.kind === 'choice' && typeof value === 'string') return param.options[value]?.[lang] ?? value;
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  return textOf(value) || '–';
}
