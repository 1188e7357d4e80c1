/** Why the time does not fall as far as the multiply-adds: every operator under the two ceilings measured here. */
import { Roofline } from '@/ui/Roofline';
import { operatorIds, operators } from '../charts';
import type { Found } from '../session';
import { gpuPoint } from './Bars';
import type { View } from './types';
import style from './view.module.css';

interface OperatorRooflineProps {
  readonly view: View;
  readonly found: Found | undefined;
  readonly fresh: boolean;
}

export function OperatorRoofline({ view, found, fresh }: OperatorRooflineProps) {
  const { t, params } = view;
  const points = operatorIds.flatMap((id) => {
    const m = gpuPoint(found?.points ?? [], id);
    if (!m?.timeMs) return [];
    const { role, short } = operators[id];
    return [
      {
        ...{ id, role, label: t(short) },
        intensity: m.flops / m.bytes,
        flopsPerSecond: (1000 * m.flops) / m.timeMs.median,
      },
    ];
  });
  return (
    <>
      <Roofline
        title={t({
          en: `Speed over arithmetic intensity, ${params.channels} channels, ${params.resolution} × ${params.resolution} pixels`,
          zh: `速度与运算强度：${params.channels} 个通道，${params.resolution} × ${params.resolution} 像素`,
        })}
        ceiling={found?.ceilings}
        points={points}
        aside={!fresh && <span className={style.note}>{t({ en: 'Measuring …', zh: '正在测量 …' })}</span>}
      />
      <p className={style.note}>
        {t({
          en: 'Intensity: operations over the bytes that must move, each kernel reading its inputs and writing its output once; the two kernels of the separable convolution write and read what lies between them, the fused one does not. Left of the ridge the sloping ceiling, memory, is the limit: there a ninth of the operations is not a ninth of the time. A point below both ceilings is held back by something else: a launch, few pixels to share, a kernel that could be better.',
          zh: '运算强度是运算次数与必须搬运的字节数之比，每个内核各读一次输入、写一次输出；两个内核的可分离卷积要写出再读回中间结果，融合后则不必。屋脊左侧由倾斜的内存上限决定：在那里，九分之一的运算并不等于九分之一的时间。低于两条上限的点另有瓶颈：内核启动开销、可并行的像素太少，或内核尚可优化。',
        })}
      </p>
    </>
  );
}
