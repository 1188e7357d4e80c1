/** A file of the reader's own; it stays in this browser, and a link carries only its name, size and hash. */
import type { FileParam, FileRef } from '@/lab/schema';
import { Button } from '@/ui/Button';
import { DropZone } from '@/ui/DropZone';
import { bytes } from '@/ui/format';
import { useTranslation } from '../i18n';
import { usePage, usePageState } from '../run/usePage';
import type { InputProps } from './inputProps';
import { RemoteFile } from './RemoteFile';
import style from './controls.module.css';

export function FileControl({ label, name, param, value, set }: InputProps<FileParam, FileRef | null>) {
  const { t } = useTranslation();
  const page = usePage();
  const missing = usePageState((state) => state.missing[name]);
  return (
    <div className={style.file}>
      <DropZone accept={param.accept} label={label} onFile={(file) => void page.takeFile(name, file)}>
        {value ? `${value.name} · ${bytes(value.bytes)}` : t('controls.file')}
      </DropZone>
      {missing && (
        <p className={style.missing} role="status">
          {t('controls.file.missing', { name: missing.name, size: bytes(missing.bytes) })}
        </p>
      )}
      {param.remote && <RemoteFile name={name} label={label} sha256={value?.sha256} />}
      {value && <Button onClick={() => set(null)}>{t('controls.file.clear')}</Button>}
    </div>
  );
}
