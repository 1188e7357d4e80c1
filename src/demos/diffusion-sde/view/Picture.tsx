/** The particles of a run at a level, painted from their buffer, and the paths of some; without a GPU, some as dots. */
import { useMemo } from 'react';
import type { Camera } from '@/lab/session';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { count, significant } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import { kindLabels, type Kind } from '../kinds';
import type { SdeSession } from '../session';
import { css } from './colours';
import type { View } from './types';
import style from './view.module.css';

/** Paths that are drawn, and particles where there is no GPU. */
const PATHS = 16;
/** How much of the way the drawn end of a path is. */
const TRAIL = 0.15;
const DOTS = 64;

interface PictureProps {
  readonly view: View;
  readonly session: SdeSession;
  readonly kind: Kind;
  readonly level: number;
  readonly paths: boolean;
}

export function Picture({ view, session, kind, level, paths }: PictureProps) {
  const { generation, cpuOnly, params, t } = view;
  const { value: found } = useAsk(view, (asked) => asked.paths(kind, DOTS), [kind]);
  const source = useMemo(
    () => ({
      draw: (target: GPUTexture, camera: Camera) => session.drawLevel?.(target, camera, kind, level),
    }),
    // A new result has the same session.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [session, kind, level, generation],
  );
  const { sigma } = session.levels[level]!;
  const at = sigma === Infinity ? '∞' : significant(sigma);
  const label = t({
    en: `${kindLabels[kind].en}: ${count(params.particles)} particles at σ = ${at}; the frame is ${significant(2 * session.window(level))} wide`,
    zh: `${kindLabels[kind].zh}：σ = ${at} 时的 ${count(params.particles)} 个粒子；画面宽 ${significant(2 * session.window(level))}`,
  });
  // Of a run that was replaced, until its own come.
  const all = found?.[0]?.length === session.levels.length ? found : [];
  // Where a particle came from, not how it began: the whole path of an SDE is a ball of wool.
  const trail = Math.max(8, Math.round(TRAIL * session.levels.length));
  const drawn =
    paths &&
    all
      .slice(0, PATHS)
      .map((points, i) => (
        <polyline
          key={i}
          points={(kind === 'forward'
            ? points.slice(Math.max(0, level - trail), level + 1)
            : points.slice(level, level + trail + 1)
          )
            .map(([x, y]) => `${x.toFixed(3)},${(-y).toFixed(3)}`)
            .join(' ')}
          fill="none"
          stroke="var(--ink)"
          strokeOpacity="0.5"
          strokeWidth="0.005"
        />
      ));
  const dots = all.map((points, i) => (
    <circle key={i} cx={points[level]![0]} cy={-points[level]![1]} r="0.012" fill={css(kind)} />
  ));
  return (
    <figure className={style.panel}>
      <figcaption className={style.title} style={{ borderColor: css(kind) }}>
        {t(kindLabels[kind])}
      </figcaption>
      {cpuOnly ? (
        <svg className={style.plain} viewBox="-1 -1 2 2" role="img" aria-label={label}>
          {drawn}
          {dots}
        </svg>
      ) : (
        <GpuCanvas session={source} generation={generation} aspect={1} label={label}>
          <svg className={style.over} viewBox="-1 -1 2 2" aria-hidden>
            {drawn}
          </svg>
        </GpuCanvas>
      )}
    </figure>
  );
}
