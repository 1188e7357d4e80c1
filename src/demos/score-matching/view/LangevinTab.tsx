/** Plain and annealed Langevin side by side, frame by frame, with the mass in each mode counted beside its true weight. */
import { useEffect, useMemo, useState } from 'react';
import type { Camera } from '@/lab/session';
import type { Text } from '@/lib/text';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { Scrubber } from '@/ui/Scrubber';
import { count, significant } from '@/ui/format';
import { kinds, type Kind } from '../config';
import { keptAt } from '../paint';
import type { ScoreSession } from '../session';
import { ModeBars, MOST } from './ModeBars';
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
        <div className={style.skeleton} />
      </div>
    );
  }
  // The ladder decides the frames; plain Langevin has about as many.
  const length = both.runs.annealed.chains.program.length;
  const at = Math.round(share * (length - 1));
  const { sigma } = both.runs.annealed.chains.program[at]!;
  return (
    <div className={style.stack}>
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
  readonly session: ScoreSession;
  readonly kind: Kind;
  /** How far along, in [0, 1]. */
  readonly share: number;
}

function Panel({ view, session, kind, share }: PanelProps) {
  const { t, generation } = view;
  const { runs, half } = session.shown!;
  const { chains, counts } = runs[kind];
  const frame = Math.round(share * (chains.program.length - 1));
  const source = useMemo(
    () => ({
      draw: (target: GPUTexture, camera: Camera) => session.drawFrame(target, camera, kind, frame),
    }),
    // A new result has the same session.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [session, kind, frame, generation],
  );
  const stages = chains.program.slice(1, frame + 1).reduce((sum, step) => sum + step.stages.length, 0);
  const counted = counts[keptAt(chains, frame)]!;
  return (
    <figure className={style.panel}>
      <figcaption className={style.title}>{t(titles[kind])}</figcaption>
      <GpuCanvas
        session={source}
        generation={generation}
        aspect={1}
        label={t({
          en: `${titles[kind].en}: ${count(chains.x.shape[0]!)} particles after ${stages} steps`,
          zh: `${titles[kind].zh}：${count(chains.x.shape[0]!)} 个粒子，${stages} 步之后`,
        })}
      >
        <svg className={style.over} viewBox="-1 -1 2 2" aria-hidden>
          {session.modes.slice(0, MOST).map(({ centre: [x, y] }, m) => (
            <text key={m} x={x / half + 0.09} y={-y / half - 0.09}>
              {m + 1}
            </text>
          ))}
        </svg>
      </GpuCanvas>
      <p className={style.note}>{t({ en: `after ${count(stages)} steps`, zh: `${count(stages)} 步之后` })}</p>
      <ModeBars modes={session.modes} counted={counted} t={t} title={titles[kind]} />
    </figure>
  );
}
