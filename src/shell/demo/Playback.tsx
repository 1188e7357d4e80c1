/** Play, pause, single steps, from the beginning, and speed, for a demo whose session advances step by step. */
import { Button } from '@/ui/Button';
import { count } from '@/ui/format';
import { ForwardIcon, PauseIcon, PlayIcon, ResetIcon } from '@/ui/icons';
import { useTranslation } from '../i18n';
import { usePage, usePageState } from '../run/usePage';
import style from './Stage.module.css';

const speeds = [1, 5, 20, 60, Infinity];

export function Playback() {
  const { t } = useTranslation();
  const page = usePage();
  const { playing, steps, speed, phase } = usePageState((state) => state.run);
  const ready = phase === 'ready';
  return (
    <div className={style.playback}>
      <Button disabled={!ready} onClick={() => (playing ? page.runner?.pause() : page.runner?.play())}>
        {playing ? <PauseIcon /> : <PlayIcon />}
        {playing ? t('run.pause') : t('run.play')}
      </Button>
      <Button disabled={!ready || playing} onClick={() => void page.runner?.step(1).catch(() => undefined)}>
        <ForwardIcon />
        {t('run.step')}
      </Button>
      <Button look="quiet" name={t('run.restart')} disabled={!ready} onClick={() => page.runner?.restart()}>
        <ResetIcon />
      </Button>
      <output className={style.steps}>{t('run.steps', { n: count(steps) })}</output>
      <label className={style.speed}>
        {t('run.speed')}{' '}
        <select value={speed} onChange={(event) => page.runner?.setSpeed(Number(event.target.value))}>
          {speeds.map((value) => (
            <option key={value} value={value}>
              {value === Infinity ? t('run.speed.max') : t('run.speed.value', { n: value })}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
