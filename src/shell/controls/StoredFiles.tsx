/** The large files that are stored on this device: used again, gone on with where one is not whole, deleted. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Button } from '@/ui/Button';
import { bytes } from '@/ui/format';
import { look, remove, shelf, type Stored } from '../files/shelf';
import { useTranslation } from '../i18n';
import { usePage } from '../run/usePage';
import style from './remote.module.css';

interface StoredFilesProps {
  readonly param: string;
  /** Of the file in use. */
  readonly sha256: string | undefined;
  /** The address of what is being loaded. */
  readonly loading: string | undefined;
  readonly onResume: (url: string) => void;
}

export function StoredFiles({ param, sha256, loading, onResume }: StoredFilesProps) {
  const { t } = useTranslation();
  const page = usePage();
  const stored = useStore(shelf, (state) => state.stored);
  useEffect(() => void look(), []);
  // What is being loaded has its own place.
  const shown = stored?.filter(({ url, sha256: whole }) => whole !== undefined || url !== loading) ?? [];
  if (shown.length === 0) return null;
  const size = bytes(shown.reduce((sum, file) => sum + file.bytes, 0));
  const action = ({ name, bytes: length, sha256: hash, url }: Stored) => {
    if (hash !== undefined && hash === sha256) return <span className={style.used}>{t('stored.used')}</span>;
    if (hash !== undefined)
      return (
        <Button
          name={t('stored.use.name', { name })}
          title=""
          onClick={() => void page.takeStored(param, { name, bytes: length, sha256: hash })}
        >
          {t('stored.use')}
        </Button>
      );
    if (url === undefined) return null;
    return (
      <Button name={t('stored.resume.name', { name })} title="" onClick={() => onResume(url)}>
        {t('remote.resume')}
      </Button>
    );
  };
  return (
    <details className={style.stored}>
      <summary>{t('stored', { n: shown.length, size })}</summary>
      <ul>
        {shown.map((file) => (
          <li key={file.id}>
            <span className={style.name} title={file.url}>
              {file.name}
            </span>
            <span className={style.numbers}>
              {file.sha256 === undefined && file.version.total !== undefined
                ? t('remote.of', { received: bytes(file.bytes), total: bytes(file.version.total) })
                : bytes(file.bytes)}
            </span>
            {action(file)}
            <Button
              name={t('stored.delete.name', { name: file.name })}
              title=""
              onClick={() => void remove(file.id)}
            >
              {t('stored.delete')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
