/** The windows of a network's depthwise layer, small, to choose one from. */
import type { FilterSession } from '../filterSession';
import type { Taps } from '../filters';
import { depthwisesOf } from '../networks';
import { Origin } from './Origin';
import type { View } from './types';
import style from './view.module.css';

/** More would not be told apart. */
const MOST = 64;

interface WindowsProps {
  readonly view: View;
  readonly session: FilterSession;
}

export function Windows({ view, session }: WindowsProps) {
  const { params, set, t } = view;
  const { zoo, windows, channel } = session;
  if (!zoo) return null;
  const layers = depthwisesOf(zoo.network);
  if (!windows)
    return (
      <p role="alert">
        {t({
          en: `${params.network} has no depthwise layer. Choose another network.`,
          zh: `${params.network} 没有逐通道卷积层。请选择其他网络。`,
        })}
      </p>
    );
  return (
    <div className={style.stack}>
      <label className={style.field}>
        {t({ en: 'Depthwise layer', zh: '逐通道层' })}
        <select
          value={Math.min(params.depthwise, layers.length - 1)}
          onChange={({ target }) => set({ depthwise: Number(target.value), channel: 0 })}
        >
          {layers.map((layer, i) => (
            <option key={i} value={i}>
              {i}: {layer.kernel} × {layer.kernel}, {layer.outputs} {t({ en: 'channels', zh: '通道' })}
            </option>
          ))}
        </select>
        <Origin from={zoo.from} t={t} />
      </label>
      <div className={style.windows} role="group" aria-label={t({ en: 'Windows', zh: '窗口' })}>
        {windows.slice(0, MOST).map((taps, c) => (
          <button
            key={c}
            type="button"
            aria-pressed={c === channel}
            aria-label={t({ en: `Channel ${c}`, zh: `通道 ${c}` })}
            onClick={() => set({ channel: c })}
          >
            <Small taps={taps} />
          </button>
        ))}
      </div>
      {windows.length > MOST && (
        <p className={style.note}>
          {t({
            en: `The first ${MOST} of ${windows.length} channels.`,
            zh: `${windows.length} 个通道中的前 ${MOST} 个。`,
          })}
        </p>
      )}
    </div>
  );
}

/** Below zero darker, above it lighter than grey. */
function Small({ taps: { k, values } }: { readonly taps: Taps }) {
  const most = Math.max(...values.map(Math.abs), 1e-20);
  return (
    <svg viewBox={`0 0 ${k} ${k}`} width="30" height="30" aria-hidden shapeRendering="crispEdges">
      {values.map((value, i) => {
        const grey = Math.round(127.5 + 127.5 * (value / most));
        return (
          <rect
            key={i}
            x={i % k}
            y={Math.floor(i / k)}
            width="1"
            height="1"
            fill={`rgb(${grey} ${grey} ${grey})`}
          />
        );
      })}
    </svg>
  );
}
