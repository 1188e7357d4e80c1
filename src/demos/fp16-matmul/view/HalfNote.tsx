/** Says whose arithmetic sums the halves here: the adapter's own, or ours. */
import { GpuProduct } from '../session';
import type { TabProps } from './types';
import style from './view.module.css';

export function HalfNote({ view }: TabProps) {
  const { session, cpuOnly, t } = view;
  if (!session) return null;
  const own = session instanceof GpuProduct && session.ownHalves;
  return (
    <p className={style.note}>
      {cpuOnly
        ? t({
            en: 'There is no GPU here: sums in f32 come from the tuned CPU baseline, sums in f16 from an emulation that rounds every product and every sum to binary16.',
            zh: '这里没有 GPU：f32 累加由优化过的 CPU 基线完成；f16 累加由模拟完成，每个乘积与每次求和都舍入到 binary16。',
          })
        : own
          ? t({
              en: 'This adapter has f16 of its own (shader-f16): sums in f16 are its arithmetic. It may round a product and its sum once instead of twice.',
              zh: '此适配器原生支持 f16（shader-f16）：f16 累加就是它自己的运算，乘积与求和可能只舍入一次而非两次。',
            })
          : t({
              en: 'This adapter has no f16 (shader-f16): halves are stored packed in pairs, and sums in f16 are emulated by rounding every product and every sum to binary16 in integer arithmetic. The numbers are those of real f16; the speed is not.',
              zh: '此适配器没有 f16（shader-f16）：半精度数两两打包存储，f16 累加用整数运算模拟，每个乘积与每次求和都舍入到 binary16。数值与真正的 f16 一致，速度则不然。',
            })}
    </p>
  );
}
