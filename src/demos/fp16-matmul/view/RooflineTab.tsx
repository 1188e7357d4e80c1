/** Each variant and each CPU contender under the ceilings that were measured on this device. */
import { useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import { Roofline } from '@/ui/Roofline';
import { useAsk } from '@/ui/useAsk';
import { GpuProduct } from '../session';
import type { Roofline as Found } from '../roofline';
import { pointsOf } from './rooflinePoints';
import type { TabProps } from './types';
import style from './view.module.css';

export function RooflineTab({ view }: TabProps) {
  const { t, lang, session } = view;
  const [sofar, setSofar] = useState<Found>();
  const { value, fresh, error } = useAsk(
    view,
    (asked, signal) => {
      // Without a GPU this tab is not offered.
      if (!(asked instanceof GpuProduct)) throw new DOMException('this needs a GPU', 'AbortError');
      return asked.roofline(setSofar, signal);
    },
    [],
    true,
  );
  const found = fresh ? value : sofar;
  const { m, n, k } = session?.sizes ?? { m: 0, n: 0, k: 0 };
  const left = (found?.points ?? []).filter(({ timeMs }) => timeMs === null);
  return (
    <div className={style.stack}>
      <Roofline
        title={t({
          en: `Speed over arithmetic intensity, ${m} × ${k} times ${k} × ${n}, in f32 and f16`,
          zh: `速度与运算强度：${m} × ${k} 乘以 ${k} × ${n}，f32 与 f16`,
        })}
        ceiling={found?.ceilings}
        points={pointsOf(found?.points ?? [], t)}
        aside={
          !fresh &&
          error === undefined && (
            <span className={style.note}>{t({ en: 'Measuring …', zh: '正在测量 …' })}</span>
          )
        }
      />
      {error !== undefined && <p role="alert">{sentenceOf(error, lang)}</p>}
      {session instanceof GpuProduct && session.software && (
        <p className={style.note}>
          {t({
            en: 'This adapter is software: a CPU ran the GPU’s kernels too, and drew both ceilings.',
            zh: '此适配器是软件实现：GPU 内核同样由 CPU 执行，两条上限也是由它测得。',
          })}
        </p>
      )}
      <p className={style.note}>
        {t({
          en: 'Intensity is the necessary arithmetic, 2MNK, over the compulsory traffic, A and B read and C written once: half the bytes, twice the intensity. The flat ceiling was measured by a kernel that only multiplies and adds in f32, the sloping one by one that only copies; each point is the median of an interleaved run, checked first. CPU contenders compute in f32; a point above the roof used more than the ceiling’s kernel could (other instructions, or caches).',
          zh: '运算强度是必要运算量 2MNK 与必要流量（A、B 各读一次，C 写一次）之比：字节减半，强度加倍。水平的上限由只做 f32 乘加的内核测得，倾斜的由只做拷贝的内核测得；每个点都是交错运行的中位数，事先经过检验。CPU 一律以 f32 计算；若有点高出屋顶，说明它用到了测上限的内核用不到的东西（别的指令，或缓存）。',
        })}
      </p>
      {left.length > 0 && (
        <ul className={style.note}>
          {left.map((m) => (
            <li key={`${m.variant} ${m.dtype}`}>
              {m.variant}, {m.dtype}: {m.note?.[lang] ?? '–'}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
