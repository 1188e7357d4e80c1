/** Memory traffic over on-chip size: what the kernels load and store, counted, beside Θ(N²d²/M). */
import { Chart } from '@/ui/Chart';
import { bytes } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import type { TabProps } from './tab';
import { onGpu } from './usePatternOf';
import style from './view.module.css';

export function TrafficTab({ view }: TabProps) {
  const { t } = view;
  const { value: traffic } = useAsk(view, (session, signal) => onGpu(session).traffic(signal), [], true);
  const points = traffic?.points ?? [];
  const naive = traffic?.naive;
  return (
    <div className={style.stack}>
      <Chart
        title={t({
          en: `Bytes moved to and from memory in one forward pass, by what fits on chip${traffic ? ` (N = ${traffic.n}, D = ${traffic.D})` : ''}`,
          zh: `一次前向与内存之间搬运的字节数随片上容量的变化${traffic ? `（N = ${traffic.n}，D = ${traffic.D}）` : ''}`,
        })}
        x={{ label: t({ en: 'on-chip bytes M', zh: '片上字节数 M' }), scale: 'log', unit: 'bytes' }}
        y={{ label: t({ en: 'bytes moved', zh: '搬运字节数' }), scale: 'log', unit: 'bytes' }}
        aside={
          points.length === 0 && (
            <span className={style.reading}>{t({ en: 'Counting …', zh: '正在计数 …' })}</span>
          )
        }
        xValues={points.map((p) => p.onChipBytes)}
        lines={[
          {
            id: 'flash',
            role: 'fused',
            label: t({ en: 'flash, counted', zh: 'Flash（计数）' }),
            points: points.map((p) => ({ x: p.onChipBytes, y: p.counted })),
          },
          {
            id: 'predicted',
            role: 'predicted',
            label: t({ en: 'predicted: 4 N²d²/M words', zh: '预测：4 N²d²/M 个字' }),
            points: points.map((p) => ({ x: p.onChipBytes, y: p.predicted })),
          },
          {
            id: 'naive',
            role: 'naive',
            label: t({ en: 'naive, counted', zh: '朴素（计数）' }),
            points: points.map((p) => ({ x: p.onChipBytes, y: naive ?? null })),
          },
        ]}
      />
      <p className={style.note}>
        {t({
          en: 'Each point is a run of the workgroup-tile kernel with another tile; the shader that ships counts its own loads and stores. What a cache spares, which helps the naive kernels most, is not taken off. The prediction gives half of M to queries, half to keys or values, and knows no mask: causal and windowed walks load less.',
          zh: '每个点都是工作组分块内核换一种分块运行一次；计数的就是正式使用的着色器，逐次统计它自己的读和写。缓存省下的访存（对朴素版帮助最大）没有扣除。预测假设 M 的一半放查询、一半放键或值，也不含掩码：因果或带窗口的行走读得更少。',
        })}
      </p>
      {points.length > 0 && (
        <p className={style.note}>
          {t({ en: 'Queries × keys: bytes on chip', zh: '查询 × 键：片上字节数' })} —{' '}
          {points.map((p) => `${p.rows} × ${p.keys}: ${bytes(p.onChipBytes)}`).join(' · ')}
        </p>
      )}
    </div>
  );
}
