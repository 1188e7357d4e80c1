/** What is running now, how long it still takes, and a way to end it. */
import { useEffect, useState } from 'react';
import { Button } from '@/ui/Button';
import { remaining } from '@/ui/format';
import { useTranslation } from '../i18n';
import { usePage, usePageState } from '../run/usePage';
import { useSettings } from '../settings';
import style from './Stage.module.css';

const doing = {
  measure: 'run.measuring',
  sweep: 'run.measuring',
  verify: 'run.verifying',
  tune: 'run.tuning',
} as const;
/** Shorter work would only flicker. */
const QUIET_MS = 250;

export function RunProgress() {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const page = usePage();
  const { phase, fresh, progress } = usePageState((state) => state.run);
  const computing = phase === 'starting' || (phase === 'ready' && !fresh);
  const late = useLate(computing || progress !== undefined);
  // What was asked to end, by when it began: the call that runs returns first.
  const [ending, setEnding] = useState<number>();
  const cancelling = progress !== undefined && ending === progress.startedAt;
  const left = usePageState((state) => state.leftMs);
  const text = computing
    ? t(phase === 'starting' ? 'run.starting' : 'run.computing')
    : progress && t(doing[progress.what]);
  return (
    <div className={style.progress} role="status">
      {late && text !== undefined && (
        <>
          <span>
            {text}
            {left !== undefined && ` · ${t('run.left', { left: remaining(left, lang) })}`}
          </span>
          {progress?.total !== undefined && progress.total > 1 ? (
            <progress aria-label={text} value={progress.done} max={progress.total} />
          ) : (
            <progress aria-label={text} />
          )}
          {progress && (
            <Button
              disabled={cancelling}
              onClick={() => {
                setEnding(progress.startedAt);
                page.runner?.cancel();
              }}
            >
              {t(cancelling ? 'run.cancelling' : 'run.cancel')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function useLate(active: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(() => setLate(true), QUIET_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [active]);
  return late;
}
