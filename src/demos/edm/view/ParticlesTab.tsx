/** The particles at every level, painted from their buffer, and the paths of some of them up to there. */
import { useMemo, useState } from 'react';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { Scrubber } from '@/ui/Scrubber';
import { count, significant } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import { Waiting } from '@/ui/Waiting';
import type { EdmSession } from '../session';
import type { TabProps } from './types';
import style from './view.module.css';

const PATHS = 40;
/** What is drawn where there is no GPU. */
const DOTS = 256;

export function ParticlesTab({ view }: TabProps) {
  const { session, generation, cpuOnly, t, params } = view;
  const [asked, setAsked] = useState<number>();
  const [paths, setPaths] = useState(true);
  const { value: trace, fresh } = useAsk(view, (session) => session.paths(DOTS), []);
  const length = session?.ran?.length ?? 0;
  const at = Math.min(asked ?? Infinity, Math.max(0, length - 1));
  const frame = useMemo(
    () =>
      session && 'drawStep' in session
        ? {
            draw: (target: GPUTexture, camera: Parameters<EdmSession['drawStep']>[1]) =>
              session.drawStep(target, camera, at),
          }
        : null,
    // A new result has the same session.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [session, at, generation],
  );
  if (!session?.ran) return <Waiting aspect={1} width="38rem" />;
  const level = session.program[at]!;
  const width = session.window(at);
  const sigma = level.sigma === Infinity ? '∞' : significant(level.sigma);
  const label = t({
    en: `${count(params.particles)} particles at σ = ${sigma}; the frame is ${significant(2 * width)} wide.`,
    zh: `σ = ${sigma} 时的 ${count(params.particles)} 个粒子；画面宽 ${significant(2 * width)}。`,
  });
  const drawn =
    paths &&
    trace?.slice(0, PATHS).map((points, i) => (
      <polyline
        key={i}
        points={points
          .slice(0, at + 1)
          .map(([x, y]) => `${x.toFixed(4)},${(-y).toFixed(4)}`)
          .join(' ')}
        fill="none"
        stroke="var(--role-naive)"
        strokeOpacity="0.55"
        strokeWidth="0.004"
      />
    ));
  return (
    <div className={style.stack}>
      <div className={style.square} data-preview="0.86">
        {cpuOnly ? (
          <svg className={style.plain} viewBox="-1 -1 2 2" role="img" aria-label={label}>
            {fresh && drawn}
            {fresh &&
              trace?.map((points, i) => (
                <circle key={i} cx={points[at]![0]} cy={-points[at]![1]} r="0.008" fill="var(--role-fused)" />
              ))}
          </svg>
        ) : (
          <GpuCanvas session={frame} generation={generation} aspect={1} zoomable={!paths} label={label}>
            <svg className={style.paths} viewBox="-1 -1 2 2" aria-hidden>
              {fresh && drawn}
            </svg>
          </GpuCanvas>
        )}
      </div>
      <Scrubber
        length={length}
        at={at}
        onMove={(to) => setAsked(to >= length - 1 ? undefined : to)}
        label={t({ en: 'Steps of the sampler, noise to data', zh: '采样步骤：从噪声到数据' })}
        caption={`σ = ${sigma}`}
        perSecond={Math.max(4, length / 6)}
      />
      <div className={style.fields}>
        <label className={style.field}>
          <input type="checkbox" checked={paths} onChange={({ target }) => setPaths(target.checked)} />
          {t({ en: `paths of ${PATHS} particles`, zh: `${PATHS} 个粒子的路径` })}
        </label>
        <span className={style.field}>
          {t({
            en: `The frame grows with the noise: ${significant(2 * width)} wide here.`,
            zh: `画面随噪声放大：此处宽 ${significant(2 * width)}。`,
          })}
        </span>
      </div>
    </div>
  );
}
