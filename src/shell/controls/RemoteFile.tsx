/** A file from an address: asked for, loaded with progress, gone on with where it was cut. */
import { useId, useState, type SyntheticEvent } from 'react';
import { useStore } from 'zustand';
import { textOf } from '@/lib/errors';
import type { Text } from '@/lib/text';
import { Button } from '@/ui/Button';
import { bytes, remaining } from '@/ui/format';
import { useTranslation } from '../i18n';
import type { Load } from '../run/loads';
import { usePage } from '../run/usePage';
import { useSettings } from '../settings';
import { StoredFiles } from './StoredFiles';
import style from './remote.module.css';

interface RemoteFileProps {
  readonly name: string;
  readonly label: string;
  /** Of the file that the parameter is now. */
  readonly sha256: string | undefined;
}

export function RemoteFile({ name, label, sha256 }: RemoteFileProps) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const { loads } = usePage();
  const id = useId();
  const [address, setAddress] = useState('');
  const [refused, setRefused] = useState<Text>();
  const load = useStore(loads.store, (all) => all[name]);
  const start = (wanted: string): void => {
    setRefused(undefined);
    loads.start(name, wanted).catch((error: unknown) => setRefused(textOf(error)));
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    start(address);
  };
  return (
    <>
      <form className={style.form} onSubmit={submit} noValidate>
        <label htmlFor={id}>{t('remote.address')}</label>
        <input
          id={id}
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://"
          value={address}
          aria-describedby={refused && `${id}-refused`}
          aria-invalid={refused !== undefined}
          onChange={(event) => {
            setAddress(event.target.value);
            setRefused(undefined);
          }}
        />
        <Button
          type="submit"
          name={t('remote.load.name', { label })}
          title=""
          disabled={address.trim() === ''}
        >
          {t('remote.load')}
        </Button>
      </form>
      <div role="alert" className={style.alert}>
        {refused && (
          <p id={`${id}-refused`} className={style.warning}>
            {refused[lang]}
          </p>
        )}
        {load?.why && <p className={style.warning}>{load.why[lang]}</p>}
      </div>
      {load && <Progress load={load} onResume={() => start(load.url)} onCancel={() => loads.stop(name)} />}
      <StoredFiles param={name} sha256={sha256} loading={load?.url} onResume={start} />
    </>
  );
}

interface ProgressProps {
  readonly load: Load;
  readonly onResume: () => void;
  readonly onCancel: () => void;
}

function Progress({ load, onResume, onCancel }: ProgressProps) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const { name, received, total, perSecond, phase, inMemory } = load;
  const text = [
    total === undefined
      ? bytes(received)
      : t('remote.of', { received: bytes(received), total: bytes(total) }),
    ...(phase === 'loading' && perSecond !== undefined ? [`${bytes(perSecond)}/s`] : []),
    ...(phase === 'loading' && perSecond && total !== undefined
      ? [t('run.left', { left: remaining(((total - received) * 1000) / perSecond, lang) })]
      : []),
    ...(phase === 'checking' ? [t('remote.checking')] : []),
  ];
  return (
    <div className={style.load} data-testid="download">
      <strong className={style.name}>{name}</strong>
      {(phase !== 'stopped' || received > 0) && (
        <>
          <progress aria-label={name} value={total === undefined ? undefined : received} max={total} />
          <span className={style.numbers}>{text.join(' · ')}</span>
        </>
      )}
      {inMemory && <span role="status">{t('remote.memory')}</span>}
      <div className={style.buttons}>
        {phase === 'stopped' && (
          <Button look="primary" onClick={onResume}>
            {t(received > 0 ? 'remote.resume' : 'page.retry')}
          </Button>
        )}
        <Button onClick={onCancel}>{t(phase === 'stopped' ? 'remote.dismiss' : 'run.cancel')}</Button>
      </div>
    </div>
  );
}
