/** Time, played either way: from the data to the noise, or back. */
import { Button } from '@/ui/Button';
import { Scrubber } from '@/ui/Scrubber';
import { significant } from '@/ui/format';
import type { SdeSession } from '../session';
import type { Moment, View } from './types';
import style from './view.module.css';

interface TimeScrubberProps {
  readonly view: View;
  readonly session: SdeSession;
  readonly moment: Moment;
}

/** Seconds that the way takes at normal speed. */
const SECONDS = 8;

export function TimeScrubber({ view: { t }, session, moment }: TimeScrubberProps) {
  const { level, toNoise, set } = moment;
  const { length } = session.levels;
  const last = length - 1;
  const { sigma, t: time } = session.levels[level]!;
  const ways = [
    [true, t({ en: 'data → noise', zh: '数据 → 噪声' })],
    [false, t({ en: 'noise → data', zh: '噪声 → 数据' })],
  ] as const;
  return (
    <div className={style.time}>
      <div className={style.names} role="group" aria-label={t({ en: 'Direction of time', zh: '时间方向' })}>
        {ways.map(([to, label]) => (
          <Button key={label} aria-pressed={toNoise === to} onClick={() => set({ toNoise: to })}>
            {label}
          </Button>
        ))}
      </div>
      <Scrubber
        length={length}
        at={toNoise ? level : last - level}
        onMove={(to) => set({ level: toNoise ? to : last - to })}
        label={t({ en: 'Time', zh: '时间' })}
        caption={`t = ${number(time)}, σ = ${number(sigma)}`}
        perSecond={length / SECONDS}
      />
    </div>
  );
}

const number = (value: number): string => (value === Infinity ? '∞' : significant(value));
