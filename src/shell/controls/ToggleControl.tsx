/** Yes or no. */
import type { ToggleParam } from '@/lab/schema';
import { useTranslation } from '../i18n';
import type { InputProps } from './inputProps';
import style from './controls.module.css';

export function ToggleControl({ id, helpId, value, set }: InputProps<ToggleParam, boolean>) {
  const { t } = useTranslation();
  return (
    <span className={style.toggle}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={value}
        aria-describedby={helpId}
        onChange={(event) => set(event.target.checked)}
      />
      <span aria-hidden>{value ? t('controls.on') : t('controls.off')}</span>
    </span>
  );
}
