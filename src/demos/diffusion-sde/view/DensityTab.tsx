/** The density along an axis through time: the three runs' counted, the process's own in closed form, one moment below. */
import { useMemo, useState } from 'react';
import type { Camera } from '@/lab/session';
import type { Text } from '@/lib/text';
import { Button } from '@/ui/Button';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { Legend } from '@/ui/Legend';
import { MatrixCanvas } from '@/ui/MatrixCanvas';
import { useAsk } from '@/ui/useAsk';
import { Waiting } from '@/ui/Waiting';
import { axes, BINS, shownMost, type Axis, type Densities } from '../density';
import { kindLabels, kinds, type Kind } from '../kinds';
import type { SdeSession } from '../session';
import { css } from './colours';
import { Profile } from './Profile';
import { TimeScrubber } from './TimeScrubber';
import type { TabProps, View } from './types';
import style from './view.module.css';

const exactLabel: Text = { en: 'The process itself', zh: '过程本身（精确）' };

export function DensityTab({ view, moment }: TabProps) {
  const { session, t } = view;
  const [axis, setAxis] = useState<Axis>('x');
  const { value } = useAsk(view, (asked, signal) => asked.density(axis, signal), [axis]);
  if (!session?.ran || !value) return <Waiting aspect={2.4} />;
  const column = value.levels.reduce(
    (best, level, i) =>
      Math.abs(level - moment.level) < Math.abs(value.levels[best]! - moment.level) ? i : best,
    0,
  );
  return (
    <div className={style.stack}>
      <div className={style.names} role="group" aria-label={t({ en: 'Axis', zh: '坐标轴' })}>
        {axes.map((each) => (
          <Button key={each} aria-pressed={axis === each} onClick={() => setAxis(each)}>
            {t({ en: `along ${each}`, zh: `沿 ${each} 轴` })}
          </Button>
        ))}
        <Legend
          low={0}
          high={shownMost(value)}
          label={t({ en: 'density per half frame', zh: '密度（每半幅画面）' })}
        />
      </div>
      <div className={style.four}>
        {(['exact', ...kinds] as const).map((of) => (
          <Map key={of} {...{ view, session, of, value, column }} />
        ))}
      </div>
      <TimeScrubber view={view} session={session} moment={moment} />
      <Profile view={view} densities={value} column={column} />
    </div>
  );
}

interface MapProps {
  readonly view: View;
  readonly session: SdeSession;
  readonly of: Kind | 'exact';
  readonly value: Densities;
  readonly column: number;
}

function Map({ view, session, of, value, column }: MapProps) {
  const { cpuOnly, t, generation } = view;
  const source = useMemo(
    () => ({
      draw: (target: GPUTexture, camera: Camera) => session.drawDensity?.(target, camera, value, of),
    }),
    [session, value, of],
  );
  const title = t(of === 'exact' ? exactLabel : kindLabels[of]);
  const label = t({
    en: `${title}: density along ${value.axis} (upwards) from the data (left) to the noise (right)`,
    zh: `${title}：沿 ${value.axis}（向上）的密度，从数据（左）到噪声（右）`,
  });
  const values = of === 'exact' ? value.exact : value.runs[of];
  const x = (column + 0.5) / value.levels.length;
  const cursor = (
    <svg className={style.over} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden>
      <line x1={x} x2={x} y1={0} y2={1} stroke="#fff" strokeWidth="2" vectorEffect="non-scaling-stroke" />
    </svg>
  );
  return (
    <figure className={style.panel}>
      <figcaption className={style.title} style={{ borderColor: css(of) }}>
        {title}
      </figcaption>
      {cpuOnly ? (
        <div className={style.overlaid}>
          <MatrixCanvas
            {...{ values, label, low: 0, high: shownMost(value), aspect: ASPECT }}
            columns={value.levels.length}
          />
          {cursor}
        </div>
      ) : (
        <GpuCanvas session={source} generation={generation} aspect={ASPECT} label={label}>
          {cursor}
        </GpuCanvas>
      )}
      <div className={style.ends} aria-hidden>
        <span>{t({ en: 'data', zh: '数据' })}</span>
        <span>{t({ en: 'noise', zh: '噪声' })}</span>
      </div>
    </figure>
  );
}

/** Width over height of a map. */
const ASPECT = 160 / BINS;
