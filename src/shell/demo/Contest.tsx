/** Times the kernel's variants against each other when asked, and lists them, the fastest first. */
import type { Contest as Found } from '@/gpu/tuner';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { duration } from '@/ui/format';
import { useTranslation } from '../i18n';
import { usePage, usePageState } from '../run/usePage';
import { useSettings } from '../settings';
import style from './Charts.module.css';
import { RunProgress } from './RunProgress';

export function Contest() {
  const { t } = useTranslation();
  const page = usePage();
  const { contest, phase, fresh, progress } = usePageState((state) => state.run);
  const tunable = usePageState(() => page.runner?.tunable ?? false);
  const idle = phase === 'ready' && fresh && progress === undefined;
  if (!tunable) return null;
  return (
    <div className={style.contest}>
      <Button disabled={!idle} onClick={() => void page.runner?.tune().catch(() => undefined)}>
        {t(contest ? 'tune.again' : 'tune')}
      </Button>
      {progress?.what === 'tune' && <RunProgress />}
      {contest && <Leaderboard contest={contest} />}
    </div>
  );
}

function Leaderboard({ contest: { winner, entries } }: { readonly contest: Found }) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const software = usePageState((state) => state.device?.caps.adapterKind === 'software');
  return (
    <>
      <div className={style.table} role="region" aria-label={t('tune.table')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('charts.variant')}</th>
              <th scope="col">{t('charts.time')}</th>
              <th scope="col">{t('charts.spread')}</th>
            </tr>
          </thead>
          <tbody>
            {entries
              .toSorted((a, b) => rank(a) - rank(b))
              .map((entry) => {
                const time = entry.timed?.timeMs;
                const why = entry.timed ? undefined : (entry.reason?.[lang] ?? '');
                return (
                  <tr key={entry.variant}>
                    <th scope="row">
                      {entry.variant}{' '}
                      {time && entry.variant === winner && <Badge tone="good">{t('tune.winner')}</Badge>}{' '}
                      {entry.timed && software && <Badge tone="warn">{t('run.software.short')}</Badge>}
                    </th>
                    {why === undefined ? (
                      <td>{time ? duration(time.median) : t('tune.unmeasurable')}</td>
                    ) : (
                      <td colSpan={2}>{t('tune.out', { why })}</td>
                    )}
                    {why === undefined && (
                      <td>{time ? `${duration(time.p10)} – ${duration(time.p90)}` : '–'}</td>
                    )}
                  </tr>
                );
              })}
          </tbody>
        </table>
      </div>
      <p>{t('tune.kept')}</p>
    </>
  );
}

type Entry = Found['entries'][number];

const rank = ({ timed }: Entry): number => (timed ? (timed.timeMs?.median ?? Number.MAX_VALUE) : Infinity);
