/** The three runs side by side at one moment: to noise by the forward SDE, from noise by its reverse and by the ODE. */
import { useState } from 'react';
import { significant } from '@/ui/format';
import { Waiting } from '@/ui/Waiting';
import { kinds } from '../kinds';
import { Picture } from './Picture';
import { TimeScrubber } from './TimeScrubber';
import type { TabProps } from './types';
import style from './view.module.css';

export function ParticlesTab({ view, moment }: TabProps) {
  const { session, t } = view;
  const [paths, setPaths] = useState(true);
  if (!session?.ran) return <Waiting aspect={2.4} />;
  const { level } = moment;
  return (
    <div className={style.stack}>
      <div className={style.three} data-preview="0.1">
        {kinds.map((kind) => (
          <Picture key={kind} view={view} session={session} kind={kind} level={level} paths={paths} />
        ))}
      </div>
      <TimeScrubber view={view} session={session} moment={moment} />
      <div className={style.names}>
        <label className={style.field}>
          <input type="checkbox" checked={paths} onChange={({ target }) => setPaths(target.checked)} />
          {t({ en: 'paths', zh: '路径' })}
        </label>
        <span className={style.note}>
          {t({
            en: `The frame grows with the cloud: ${significant(2 * session.window(level))} wide here. Both runs from noise begin at the same points.`,
            zh: `画面随点云放大：此处宽 ${significant(2 * session.window(level))}。从噪声出发的两种运行起点相同。`,
          })}
        </span>
      </div>
    </div>
  );
}
