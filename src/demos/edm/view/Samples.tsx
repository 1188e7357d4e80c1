/** Where the particles end. */
import { useMemo } from 'react';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { useAsk } from '@/ui/useAsk';
import type { TabProps } from './types';
import style from './view.module.css';

const DOTS = 256;

export function Samples({ view }: TabProps) {
  const { session, generation, cpuOnly, t } = view;
  const frame = useMemo(
    () => (session?.ran && 'draw' in session ? session : null),
    // A new result has the same session.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [session, generation],
  );
  const { value: paths } = useAsk(view, (session) => session.paths(DOTS), []);
  const label = t({ en: 'Samples of this distribution', zh: '由该分布得到的样本' });
  return (
    <figure className={style.samples}>
      {cpuOnly ? (
        <svg className={style.plain} viewBox="-1 -1 2 2" role="img" aria-label={label}>
          {paths?.map((points, i) => {
            const [x, y] = points[points.length - 1]!;
            return <circle key={i} cx={x} cy={-y} r="0.01" fill="var(--role-fused)" />;
          })}
        </svg>
      ) : (
        <GpuCanvas session={frame} generation={generation} aspect={1} label={label} />
      )}
      <figcaption className={style.note}>{label}</figcaption>
    </figure>
  );
}
