/** A picture, or the camera's, under a depthwise filter: before and after, with the window that was used. */
import { useId, useMemo, useState } from 'react';
import type { Camera } from '@/lab/session';
import type { Image } from '@/lib/image';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { Kept } from '@/ui/Kept';
import { Webcam } from '@/ui/Webcam';
import { FilterSession } from '../filterSession';
import { PICTURE } from '../picture';
import { NeedsGpu } from './NeedsGpu';
import type { TabProps } from './types';
import { useFrames } from './useFrames';
import { Windows } from './Windows';
import { WindowFields } from './WindowFields';
import style from './view.module.css';

export function FiltersTab({ view }: TabProps) {
  const { session, generation, params, cpuOnly, t } = view;
  const id = useId();
  const [split, setSplit] = useState(0.4);
  const { frames, onFrame } = useFrames(view);
  const shown = session instanceof FilterSession ? session : null;
  const drawing = useMemo(
    () =>
      shown && {
        draw: (target: GPUTexture, camera: Camera): void => shown.drawSplit(target, camera, split),
      },
    [shown, split],
  );
  if (cpuOnly) return <NeedsGpu t={t} />;
  return (
    <div className={style.stack}>
      <div className={style.picture}>
        <GpuCanvas
          session={drawing}
          generation={generation + frames}
          aspect={shown?.aspect ?? PICTURE.width / PICTURE.height}
          zoomable
          onPick={({ x }) => setSplit(x)}
          label={t({
            en: 'The picture left of the line, filtered right of it. Arrow keys, + and − move over it.',
            zh: '分界线左侧是原图，右侧是滤波结果。用方向键、+ 和 − 移动与缩放。',
          })}
        />
      </div>
      <label htmlFor={id} className={style.field}>
        {t({ en: 'filtered', zh: '滤波后' })}
        <input
          id={id}
          type="range"
          min={0}
          max={1}
          step={0.005}
          value={split}
          aria-label={t({ en: 'Divider between before and after', zh: '前后对比的分界线' })}
          onChange={({ target }) => setSplit(target.valueAsNumber)}
        />
        {t({ en: 'picture', zh: '原图' })}
      </label>
      <Webcam size={PICTURE} onFrame={(frame: Image) => onFrame(frame)} />
      <Kept>
        {shown &&
          (params.filter === 'learned' ? (
            <Windows view={view} session={shown} />
          ) : (
            <WindowFields view={view} session={shown} />
          ))}
      </Kept>
      <p className={style.note}>
        {t({
          en: 'One window slides over red, green and blue, each by itself: a depthwise convolution on your GPU, with zeros around the picture. Answers that may be negative are shown around grey, Sobel as the length of both directions.',
          zh: '同一窗口分别滑过红、绿、蓝三个通道：这就是在你的 GPU 上运行的逐通道卷积，图像四周补零。可能为负的结果以灰色为零显示，Sobel 显示两个方向合成的长度。',
        })}
      </p>
    </div>
  );
}
