/** Plays, steps and scrubs through the positions 0 … length − 1 of something that was computed. */
import { useId, useState } from 'react';
import { Button } from './Button';
import { useLab } from './context';
import { BackIcon, ForwardIcon, PauseIcon, PlayIcon, StartIcon } from './icons';
import { usePlayhead } from './playhead';
import style from './Scrubber.module.css';

interface ScrubberProps {
  readonly length: number;
  readonly at: number;
  readonly onMove: (at: number) => void;
  /** What is scrubbed, for a screen reader: "tile walk". */
  readonly label: string;
  /** The position in words, default "12 / 64". */
  readonly caption?: string;
  /** Positions a second, default 8. */
  readonly perSecond?: number;
}

const speeds = [0.25, 0.5, 1, 2, 4, 8];

export function Scrubber({ length, at, onMove, label, caption, perSecond = 8 }: ScrubberProps) {
  const { t } = useLab();
  const id = useId();
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const last = Math.max(0, length - 1);
  const here = Math.min(at, last);
  const move = (to: number): void => onMove(Math.min(last, Math.max(0, to)));

  usePlayhead(playing, perSecond * speed, (steps) => {
    if (here >= last) setPlaying(false);
    else move(here + steps);
  });

  const play = (): void => {
    if (!playing && here >= last) move(0);
    setPlaying(!playing);
  };
  const step = (by: number): void => {
    setPlaying(false);
    move(here + by);
  };

  return (
    <div className={style.scrubber} role="group" aria-label={label}>
      <div className={style.buttons}>
        <Button
          look="quiet"
          name={t({ en: 'To the start', zh: '回到开头' })}
          disabled={here === 0}
          onClick={() => step(-last)}
        >
          <StartIcon />
        </Button>
        <Button
          look="quiet"
          name={t({ en: 'Step back', zh: '后退一步' })}
          disabled={here === 0}
          onClick={() => step(-1)}
        >
          <BackIcon />
        </Button>
        <Button
          look="quiet"
          name={playing ? t({ en: 'Pause', zh: '暂停' }) : t({ en: 'Play', zh: '播放' })}
          disabled={length < 2}
          onClick={play}
        >
          {playing ? <PauseIcon /> : <PlayIcon />}
        </Button>
        <Button
          look="quiet"
          name={t({ en: 'Step forward', zh: '前进一步' })}
          disabled={here >= last}
          onClick={() => step(1)}
        >
          <ForwardIcon />
        </Button>
      </div>
      <input
        id={id}
        type="range"
        className={style.track}
        min={0}
        max={last}
        step={1}
        value={here}
        aria-label={label}
        aria-valuetext={caption ?? `${here + 1} / ${length}`}
        onChange={(event) => {
          setPlaying(false);
          move(event.target.valueAsNumber);
        }}
      />
      <output htmlFor={id} className={style.caption}>
        {caption ?? `${here + 1} / ${length}`}
      </output>
      <select
        className={style.speed}
        aria-label={t({ en: 'Speed', zh: '速度' })}
        value={speed}
        onChange={(event) => setSpeed(Number(event.target.value))}
      >
        {speeds.map((value) => (
          <option key={value} value={value}>
            {value}×
          </option>
        ))}
      </select>
    </div>
  );
}
