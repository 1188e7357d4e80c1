/** What the network's digits are worth: figures that were recorded when it was evaluated, by a classifier of its own. */
import type { SeriesRole } from '@/lab/demo';
import { Chart } from '@/ui/Chart';
import { count, significant } from '@/ui/format';
import { params as schema } from '../params';
import type { Quality as QualityRecord } from '../record';
import type { TabProps } from './types';
import style from './view.module.css';

const roles: Readonly<Record<string, SeriesRole>> = {
  'edm euler': 'naive',
  'edm heun': 'fused',
  'edm edm-stochastic': 'cpu',
  'edm dpmpp-2m': 'alternative',
  'ddpm ddim': 'wasm',
  'flow euler': 'cpu-all',
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

interface QualityProps extends TabProps {
  readonly quality: QualityRecord;
}

export function Quality({ view: { t }, quality }: QualityProps) {
  const { command, images, recognised, judgeAccuracy, frechet, diversity, nearestTrained, samplers } =
    quality;
  const option = (of: 'process' | 'sampler', name: string): string => {
    const options: Readonly<Record<string, { readonly en: string; readonly zh: string }>> =
      schema[of].options;
    return options[name] ? t(options[name]) : name;
  };
  const names = [...new Set(samplers?.points.map(({ process, sampler }) => `${process} ${sampler}`))];
  return (
    <>
      <p className={style.note}>
        {t({
          en: `Recorded over ${count(images)} digits drawn by Heun in 18 steps: a classifier that was trained on the same strokes recognises ${percent(recognised)} as the digit asked for (of real ones, ${percent(judgeAccuracy)}). In its features, the Fréchet distance to real digits is ${significant(frechet.ratio)} times that of real to real; digits of a class are ${significant(diversity.features)} times as far apart as real ones. The nearest of ${count(nearestTrained.among)} images trained on is ${significant(nearestTrained.generated)} away per pixel; from real digits that were not trained on it is ${significant(nearestTrained.real)}. `,
          zh: `以下为 Heun 18 步生成的 ${count(images)} 个数字的记录：在同样笔画上训练的分类器将其中 ${percent(recognised)} 识别为所要求的数字（真实图像为 ${percent(judgeAccuracy)}）。在其特征空间中，到真实数字的 Fréchet 距离是真实对真实的 ${significant(frechet.ratio)} 倍；同类数字之间的距离是真实的 ${significant(diversity.features)} 倍。与 ${count(nearestTrained.among)} 张训练图像中最近一张的每像素距离为 ${significant(nearestTrained.generated)}，未参与训练的真实数字为 ${significant(nearestTrained.real)}。`,
        })}
        <code>{command}</code>
      </p>
      {samplers && (
        <Chart
          title={t({
            en: `Fréchet distance to real digits over evaluations of the network, ${count(samplers.images)} images each`,
            zh: `到真实数字的 Fréchet 距离随网络求值次数的变化，每点 ${count(samplers.images)} 张图像`,
          })}
          x={{ label: t({ en: 'evaluations of the network', zh: '网络求值次数' }), scale: 'log' }}
          y={{ label: t({ en: 'Fréchet distance', zh: 'Fréchet 距离' }), scale: 'log' }}
          lines={[
            ...names.map((name) => {
              const [process = '', sampler = ''] = name.split(' ');
              return {
                id: name,
                role: roles[name] ?? 'predicted',
                label: `${option('sampler', sampler)} · ${option('process', process)}`,
                points: samplers.points
                  .filter((point) => point.process === process && point.sampler === sampler)
                  .map(({ nfe, frechet: y }) => ({ x: nfe, y })),
              };
            }),
            {
              id: 'real',
              role: 'predicted' as const,
              label: t({ en: 'real against real', zh: '真实对真实' }),
              points: [...new Set(samplers.points.map(({ nfe }) => nfe))]
                .sort((a, b) => a - b)
                .map((x) => ({ x, y: samplers.real })),
            },
          ]}
        />
      )}
    </>
  );
}
