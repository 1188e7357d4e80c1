/** Plain and annealed Langevin side by side, frame by frame, with the mass in each mode counted beside its true weight. */
import { useEffect, useState } from 'react';
import type { Text } from '@/lib/text';
import { Scrubber } from '@/ui/Scrubber';
import { count, significant } from '@/ui/format';
import { Waiting } from '@/ui/Waiting';
import { kinds, type Kind } from '../config';
import type { Shown } from '../shown';
import { ModeBars, MOST } from './ModeBars';
import { Picture } from './Picture';
import type { TabProps } from './types';
import style from './view.module.css';

const titles = {
  plain: { en: 'Plain Langevin', zh: '普通 Langevin' },
  annealed: { en: 'Annealed Langevin', zh: '退火 Langevin' },
};

export function LangevinTab({ view }: TabProps) {
  const { session, params, playback, ask, t } = view;
  const [share, setShare] = useState(1);
  const playing = playback?.playing ?? false;
  const stale = session !== null && !session.fresh;
  // Chains over a learned score are run again when training has come to rest.
  useEffect(() => {
    if (!stale || playing) return;
    ask((asked, signal) => asked.ensureChains(signal)).catch(() => undefined);
  }, [stale, playing, ask]);
  const both = session?.shown;
  if (!session || !both) {
    return (
      <div className={style.stack}>
        <Running share={session?.share} waiting={playing} t={t} />
        <Waiting aspect={2} />
      </div>
    );
  }
  // The ladder decides the frames; plain Langevin has about as many.
  const length = both.runs.annealed.program.length;
  const at = Math.round(share * (length - 1));
  const { sigma } = both.runs.annealed.program[at]!;
  return (
    <div className={style.stack}>
      {view.cpuOnly && (
        <p className={style.note}>
          {t({
            en: 'Without a GPU no network is trained here: both chains follow the exact score, on the CPU.',
            zh: '没有 GPU 时这里不训练网络：两组链都在 CPU 上沿精确的得分运行。',
          })}
        </p>
      )}
      {params.score === 'learned' && stale && <Running share={session.share} waiting={playing} t={t} />}
      <div className={style.pair} data-preview="0.7">
        {kinds.map((kind) => (
          <Panel key={kind} view={view} session={session} kind={kind} share={share} />
        ))}
      </div>
      <Scrubber
        length={length}
        at={at}
        onMove={(to) => setShare(to / Math.max(1, length - 1))}
        label={t({ en: 'Langevin steps, from the start to the end', zh: 'Langevin 步：从起点到终点' })}
        caption={sigma === 0 ? 'σ = 0' : `σ = ${significant(sigma)}`}
        perSecond={10}
      />
    </div>
  );
}

interface RunningProps {
  readonly share: number | undefined;
  readonly waiting: boolean;
  readonly t: (text: Text) => string;
}

function Running({ share, waiting, t }: RunningProps) {
  const percents = Math.round(100 * (share ?? 0));
  return (
    <p className={style.note} role="status">
      {waiting && share === undefined
        ? t({
            en: 'The network is being trained; chains follow it once training rests.',
            zh: '网络正在训练；训练停下后，链将沿着它运行。',
          })
        : t({ en: `Running both chains: ${percents} %`, zh: `正在运行两组链：${percents} %` })}
    </p>
  );
}

interface PanelProps extends TabProps {
  readonly session: Shown;
  readonly kind: Kind;
  /** How far along, in [0, 1]. */
  readonly share: number;
}

function Panel({ view, session, kind, share }: PanelProps) {
  const { t } = view;
  const { runs, half } = session.shown!;
  const { program, particles, counts } = runs[kind];
  const frame = Math.round(share * (program.length - 1));
  const stages = program.slice(1, frame + 1).reduce((sum, step) => sum + step.stages.length, 0);
  const counted = counts[frame]!;
  return (
    <figure className={style.panel}>
      <figcaption className={style.title}>{t(titles[kind])}</figcaption>
      <Picture
        view={view}
        session={session}
        kind={kind}
        frame={frame}
        label={t({
          en: `${titles[kind].en}: ${count(particles)} particles after ${stages} steps`,
          zh: `${titles[kind].zh}：${count(particles)} 个粒子，${stages} 步之后`,
        })}
      >
        {session.modes.slice(0, MOST).map(({ centre: [x, y] }, m) => (
          <text key={m} x={x / half + 0.09} y={-y / half - 0.09}>
            {m + 1}
          </text>
        ))}
      </Picture>
      <p className={style.note}>{t({ en: `after ${count(stages)} steps`, zh: `${count(stages)} 步之后` })}</p>
      <ModeBars modes={session.modes} counted={counted} t={t} title={titles[kind]} />
    </figure>
  );
}
