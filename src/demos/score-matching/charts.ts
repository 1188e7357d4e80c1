/** Speed of the chains over the number of particles, and of a training step over the batch, against the CPU. */
import type { ChartDecl, SeriesDecl } from '@/lab/demo';

export const CHAINS = 'langevin-steps';
export const TRAINING = 'training-step';

const seriesOf = (name: string): readonly SeriesDecl[] => [
  { role: 'fused', name, device: 'gpu', label: { en: 'GPU', zh: 'GPU' } },
  {
    ...{ role: 'cpu', name, variant: 'one-core', device: 'cpu' },
    label: { en: 'CPU, one worker', zh: 'CPU 单线程' },
  },
  {
    ...{ role: 'cpu-all', name, variant: 'all-cores', device: 'cpu' },
    label: { en: 'CPU, all cores', zh: 'CPU 全部核心' },
  },
];

export const charts: readonly ChartDecl[] = [
  {
    id: 'chains',
    title: {
      en: 'Time of ten Langevin steps on the exact score over the number of particles',
      zh: '在精确得分上走十步 Langevin 的耗时随粒子数的变化',
    },
    x: {
      param: 'particles',
      values: [1024, 4096, 16384, 65536, 262144],
      label: { en: 'particles', zh: '粒子数' },
      scale: 'log',
    },
    y: { field: 'timeMs', label: { en: 'time', zh: '耗时' }, scale: 'log' },
    series: seriesOf(CHAINS),
  },
  {
    id: 'training',
    title: { en: 'Time of a training step over the batch', zh: '单个训练步的耗时随批大小的变化' },
    x: {
      param: 'batch',
      values: [64, 256, 1024, 4096],
      label: { en: 'batch', zh: '批大小' },
      scale: 'log',
    },
    y: { field: 'timeMs', label: { en: 'time', zh: '耗时' }, scale: 'log' },
    series: seriesOf(TRAINING),
  },
  {
    id: 'memory',
    title: { en: 'Memory of a training over the batch', zh: '训练占用的内存随批大小的变化' },
    x: {
      param: 'batch',
      values: [64, 256, 1024, 4096],
      label: { en: 'batch', zh: '批大小' },
      scale: 'log',
    },
    y: { field: 'peakBytes', label: { en: 'peak memory', zh: '内存峰值' }, scale: 'log' },
    series: seriesOf(TRAINING).slice(0, 1),
  },
];
