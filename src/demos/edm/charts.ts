/** Speed and memory over the number of particles, against the same sampler on the CPU. */
import type { ChartDecl, SeriesDecl } from '@/lab/demo';

export const NAME = 'sampler';

const series: readonly SeriesDecl[] = [
  {
    role: 'fused',
    name: NAME,
    device: 'gpu',
    label: { en: 'one fused kernel per step, GPU', zh: '每步一个融合内核（GPU）' },
  },
  {
    role: 'cpu',
    name: NAME,
    variant: 'one-core',
    device: 'cpu',
    label: { en: 'CPU, one worker', zh: 'CPU 单线程' },
  },
  {
    role: 'cpu-all',
    name: NAME,
    variant: 'all-cores',
    device: 'cpu',
    label: { en: 'CPU, all cores', zh: 'CPU 全部核心' },
  },
];

const x: ChartDecl['x'] = {
  param: 'particles',
  values: [1024, 4096, 16384, 65536, 262144, 1048576],
  label: { en: 'particles', zh: '粒子数' },
  scale: 'log',
};

export const charts: readonly ChartDecl[] = [
  {
    id: 'rate',
    title: {
      en: 'Sampler steps a second over the number of particles',
      zh: '每秒采样步数随粒子数的变化',
    },
    x,
    y: { field: 'perSecond', label: { en: 'steps a second', zh: '步/秒' }, scale: 'log' },
    series,
  },
  {
    id: 'memory',
    title: {
      en: 'Memory of a sampler step over the number of particles',
      zh: '单个采样步占用的内存随粒子数的变化',
    },
    x,
    y: { field: 'peakBytes', label: { en: 'peak memory', zh: '内存峰值' }, scale: 'log' },
    series,
  },
];
