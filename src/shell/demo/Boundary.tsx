/** Keeps the page standing when one part of it fails, says so, and lets it be tried again. */
import { Component, type ReactNode } from 'react';
import { sentenceOf } from '@/lib/errors';
import { Button } from '@/ui/Button';
import { useTranslation } from '../i18n';
import { useSettings } from '../settings';
import style from './Stage.module.css';

interface BoundaryState {
  readonly error: unknown;
}

export class Boundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error: error ?? new Error('unknown') };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Failed error={error} retry={() => this.setState({ error: undefined })} />;
  }
}

function Failed({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  return (
    <div className={style.failed} role="alert">
      <p>{t('page.failed', { message: sentenceOf(error, lang) })}</p>
      <Button onClick={retry}>{t('page.retry')}</Button>
    </div>
  );
}
