/** Memory traffic over on-chip size: what the instrumented kernel counted, beside Θ(N²d²/M). */
import { Chart } from '@/ui/Chart';
import { bytes } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import type { TabProps } from './tab';
import { onGpu } from './usePatternOf';
import style from './view.module.css';

export function TrafficTab({ view }: TabProps) {
  const { t } = view;
  const { value: traffic } = useAsk(view, (session, signal) => onGpu(session).traffic(signal), []);
  const points = traffic?.points ?? [];
  return (
    <div className={style.stack}>
      <Chart
        title={t({
          en: `Bytes loaded from memory in one forward pass, by what fits on chip${traffic ? ` (N = ${traffic.n}, D = ${traffic.D})` : ''}`,
          zh: `一次前向从内存读取的字节数随片上容量的变化${traffic ? `（N = ${traffic.n}，D = ${traffic.D}）` : ''}`,
        })}
        x={{ label: t({ en: 'on-chip bytes M', zh: '片上字节数 M' }), scale: 'log', unit: 'bytes' }}
        y={{ label: t({ en: 'bytes loaded', zh: '读取字节数' }), scale: 'log', unit: 'bytes' }}
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
            label: t({ en: 'predicted: 8 N²d²/M words', zh: '预测：8 N²d²/M 个字' }),
            points: points.map((p) => ({ x: p.onChipBytes, y: p.predicted })),
          },
          {
            id: 'matrix',
            role: 'naive',
            label: t({
              en: 'predicted, the N×N matrix alone: 4 N² words',
              zh: '预测：仅 N×N 矩阵就有 4 N² 个字',
            }),
            points: points.map((p) => ({ x: p.onChipBytes, y: traffic?.matrix ?? null })),
          },
        ]}
      />
      <p className={style.note}>
        {t({
          en: 'Each point is a run of the instrumented kernel with another tile size; every element of q, k and v that it reads adds to a counter in the workgroup. The prediction knows no mask: causal and windowed walks load less.',
          zh: '每个点都是带计数的内核以另一种块大小运行一次；每读取 q、k、v 的一个元素，工作组里的计数器就加一。预测值不含掩码：因果或带窗口的行走读得更少。',
        })}
      </p>
      {points.length > 0 && (
        <p className={style.note}>
          {t({ en: 'Tile: bytes on chip', zh: '块大小：片上字节数' })} —{' '}
          {points.map(({ tile, onChipBytes }) => `${tile}: ${bytes(onChipBytes)}`).join(' · ')}
        </p>
      )}
    </div>
  );
}
