/** The whole result, painted by the GPU: a series under its maxima, or an image before and after its dilation. */
import { useId, useMemo, useState } from 'react';
import type { Camera } from '@/lab/session';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { Waiting } from '@/ui/Waiting';
import type { TabProps } from './types';
import { short } from './Bars';
import style from './view.module.css';

export function ResultTab({ view }: TabProps) {
  const { session, generation, params, t } = view;
  const id = useId();
  const [split, setSplit] = useState(0.5);
  const drawing = useMemo(
    () =>
      session && {
        draw: (target: GPUTexture, camera: Camera): void => session.drawSplit?.(target, camera, split),
      },
    [session, split],
  );
  if (!session) return <Waiting height="18rem" />;
  if (!session.drawSplit) {
    return (
      <p className={style.note}>
        {t({
          en: 'This picture is painted by a GPU. The other two tabs and the charts work without one.',
          zh: '这幅图由 GPU 绘制。没有 GPU 时，另外两栏和图表照常可用。',
        })}
      </p>
    );
  }
  const [height, width] = session.x.shape.length === 2 ? session.x.shape : [1, session.x.shape[0]!];
  const { low, high } = session.range;
  if (session.x.shape.length === 1) {
    return (
      <div className={style.stack}>
        <GpuCanvas
          session={drawing}
          generation={generation}
          aspect={2.4}
          zoomable
          label={t({
            en: `${width} samples from ${short(low)} to ${short(high)} and the maximum of every ${params.k}. Arrow keys, + and − move over it.`,
            zh: `${width} 个样本，取值 ${short(low)} 到 ${short(high)}，以及每 ${params.k} 个样本的最大值。用方向键、+ 和 − 移动与缩放。`,
          })}
        />
        <p className={style.note}>
          <span className={style.key} style={{ background: 'var(--line-strong)' }} />
          {t({ en: 'samples under each column of pixels', zh: '每列像素对应的样本范围' })}
          <span className={style.key} style={{ background: 'var(--role-fused)' }} />
          {t({ en: 'maximum of the window that starts there', zh: '从该处开始的窗口的最大值' })}
        </p>
      </div>
    );
  }
  const aspect = Math.min(2.4, Math.max(0.8, width! / height!));
  return (
    <div className={style.stack} style={{ width: `min(100%, ${32 * aspect}rem)` }}>
      <GpuCanvas
        session={drawing}
        generation={generation}
        aspect={aspect}
        zoomable
        onPick={({ x }) => setSplit(x)}
        label={t({
          en: `An image of ${height!} rows and ${width!} columns; right of the line every pixel is the largest of ${params.k} × ${params.k}.`,
          zh: `${height!} 行 ${width!} 列的图像；分界线右侧每个像素是周围 ${params.k} × ${params.k} 个像素中的最大值。`,
        })}
      />
      <label htmlFor={id} className={style.field}>
        {t({ en: 'after', zh: '膨胀后' })}
        <input
          id={id}
          className={style.wide}
          type="range"
          min={0}
          max={1}
          step={0.005}
          value={split}
          aria-label={t({ en: 'Divider between before and after', zh: '前后对比的分界线' })}
          onChange={({ target }) => setSplit(target.valueAsNumber)}
        />
        {t({ en: 'before', zh: '膨胀前' })}
      </label>
      <p className={style.note}>
        {t({
          en: 'Left of the line the image, right of it the largest value of the k × k pixels around each. Hatched: no whole window fits there.',
          zh: '分界线左侧是原图，右侧每个像素取其周围 k × k 个像素的最大值。斜纹处放不下完整的窗口。',
        })}
      </p>
    </div>
  );
}
