/** Copies a text and says so; where the browser forbids it, shows the text to be copied by hand. */
import type { ReactNode } from 'react';
import { Button } from '@/ui/Button';
import { CheckIcon } from '@/ui/icons';
import { useTranslation } from '../i18n';
import { useCopy } from './useCopy';
import style from './share.module.css';

export function CopyButton({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const [state, copy] = useCopy();
  return (
    <div className={style.copy}>
      <Button onClick={() => copy(text)}>
        {state === 'copied' && <CheckIcon />}
        <span aria-live="polite">{state === 'copied' ? t('share.copied') : children}</span>
      </Button>
      {state === 'blocked' && (
        <label className={style.blocked}>
          {t('share.blocked')}
          <textarea readOnly rows={3} value={text} onFocus={(event) => event.target.select()} />
        </label>
      )}
    </div>
  );
}
