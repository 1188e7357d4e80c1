/** The seed of everything random, and another one at a click. */
import type { SeedParam } from '@/lab/schema';
import { Button } from '@/ui/Button';
import { DiceIcon } from '@/ui/icons';
import { useTranslation } from '../i18n';
import type { InputProps } from './inputProps';
import { NumberEntry } from './NumberEntry';
import style from './controls.module.css';

/** Short enough to be read out and typed. */
const anotherSeed = (): number => 1 + ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 999_999);

export function SeedControl({ id, label, value, set }: InputProps<SeedParam, number>) {
  const { t } = useTranslation();
  return (
    <div className={style.seed}>
      <NumberEntry id={id} label={label} value={value} min={0} max={2 ** 32 - 1} step={1} integer set={set} />
      <Button name={t('controls.reroll')} onClick={() => set(anotherSeed())}>
        <DiceIcon />
      </Button>
    </div>
  );
}
