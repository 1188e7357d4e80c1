/** Plain and annealed Langevin side by side, frame by frame, with the mass in each mode counted beside its true weight. */
import { useMemo, useState } from 'react';
import type { Camera } from '@/lab/session';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { Scrubber } from '@/ui/Scrubber';
import { count, significant } from '@/ui/format';
import { kinds, type Kind } from '../config';
import { keptAt } from '../paint';
import type { ScoreSession } from '../session';
import { ModeBars } from './ModeBars';
import type { TabProps } from './types';
import style from './view.module.css';

const titles = {
  plain: { en: 'Plain Langevin', zh: '普通 Langevin' },
  annealed: { en: 'Annealed Langevin', zh: '退火 Langevin' },
};

export function LangevinTab({ view }: TabProps) {
  const { session, t } = view;
  const [share, setShare] = useState(1);
  const both = session?.shown;
  if (!session || !both) return <div className={style.skeleton} />;
  // The ladder decides the frames; plain Langevin has about as many.
  const length = both.runs.annealed.chains.program.length;
  const at = Math.round(share * (length - 1));
  const { sigma } = both.runs.annealed.chains.program[at]!;
  return (
    <div className={style.stack}>
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

interface PanelProps extends TabProps {
  readonly session: ScoreSession;
  readonly kind: Kind;
  /** How far along, in [0, 1]. */
  readonly share: number;
}

function Panel({ view, session, kind, share }: PanelProps) {
  const { t, generation } = view;
  const { runs } = session.shown!;
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
      />
      <p className={style.note}>{t({ en: `after ${count(stages)} steps`, zh: `${count(stages)} 步之后` })}</p>
      <ModeBars modes={session.modes} counted={counted} t={t} title={titles[kind]} />
    </figure>
  );
}
