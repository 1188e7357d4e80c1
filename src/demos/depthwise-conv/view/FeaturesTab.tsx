/** The channels of a layer side by side: of the picture or the camera's, through the network up to there. */
import type { Image } from '@/lib/image';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { Webcam } from '@/ui/Webcam';
import { FeatureSession, MOST_MAPS } from '../featureSession';
import { NeedsGpu } from './NeedsGpu';
import { Origin } from './Origin';
import type { TabProps } from './types';
import { useFrames } from './useFrames';
import style from './view.module.css';

/** What the networks take. */
const FRAME = { width: 224, height: 224 } as const;

export function FeaturesTab({ view }: TabProps) {
  const { session, generation, set, cpuOnly, params, t } = view;
  const { frames, onFrame } = useFrames(view);
  const shown = session instanceof FeatureSession ? session : null;
  if (cpuOnly) return <NeedsGpu t={t} />;
  const size = (shape: readonly number[]): string => `${shape[1]!} × ${shape[2]!} × ${shape[3]!}`;
  const last = (shown?.layers.length ?? 1) - 1;
  const to = (layer: number): void => set({ layer: Math.min(last, Math.max(0, layer)) });
  const at = Math.min(params.layer, last);
  return (
    <div className={style.stack}>
      <div className={style.field}>
        <label>
          {t({ en: 'Layer', zh: '层' })}{' '}
          <select value={at} disabled={!shown} onChange={({ target }) => to(Number(target.value))}>
            {shown?.layers.map(({ name, output }, i) => (
              <option key={i} value={i}>
                {i}: {name}, {size(output.shape)}
              </option>
            ))}
          </select>
        </label>
        <input
          type="range"
          min={0}
          max={Math.max(1, last)}
          value={at}
          disabled={!shown}
          aria-label={t({ en: 'Depth of the layer', zh: '层的深度' })}
          onChange={({ target }) => to(target.valueAsNumber)}
        />
        {shown && <Origin from={shown.zoo.from} t={t} />}
      </div>
      <div className={style.maps}>
        <GpuCanvas
          session={shown}
          generation={generation + frames}
          aspect={1}
          zoomable
          label={t({
            en: 'Channels of the layer as small pictures. Arrow keys, + and − move over them.',
            zh: '该层各通道的小图。用方向键、+ 和 − 移动与缩放。',
          })}
        />
      </div>
      <Webcam size={FRAME} onFrame={(frame: Image) => onFrame(frame)} />
      <p className={style.note}>
        {shown &&
          shown.maps.channels > MOST_MAPS &&
          t({
            en: `The first ${MOST_MAPS} of ${shown.maps.channels} channels. `,
            zh: `${shown.maps.channels} 个通道中的前 ${MOST_MAPS} 个。`,
          })}
        {t({
          en: 'Each channel has the whole range of colours to itself, from its smallest value to its largest.',
          zh: '每个通道各自从最小值到最大值占满整个色阶。',
        })}
        {shown &&
          t(
            shown.wholeIsVerified
              ? {
                  en: ' All layers up to the one shown are verified, each on what the one before it computed.',
                  zh: '验证覆盖直到所示层为止的所有层：每层以前一层的实际输出为输入。',
                }
              : {
                  en: ' What is verified is the layer shown, on what the layers before it computed.',
                  zh: '验证的是当前所示的层：以前面各层的实际输出为输入。',
                },
          )}
        {shown?.zoo.from === 'seed' &&
          t({
            en: ' Random weights show what the architecture alone lets through: edges survive, for every window is some filter; what a thing is, only training tells apart.',
            zh: '随机权重展示的是结构本身能传递什么：边缘会保留下来，因为任何窗口都是某种滤波器；而物体是什么，只有训练之后才能分辨。',
          })}
      </p>
    </div>
  );
}
