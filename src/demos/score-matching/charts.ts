/** Speed and memory of the chains over the number of particles, against the same steps on the CPU. */
import type { ChartDecl, SeriesDecl } from '@/lab/demo';

export const CHAINS = 'langevin-steps';

const series: readonly SeriesDecl[] = [
  {
    role: 'fused',
    name: CHAINS,
    device: 'gpu',
    label: { en: 'one fused kernel, GPU', zh: '融合内核（GPU）' },
  },
  {
    role: 'cpu',
    name: CHAINS,
    variant: 'one-core',
    device: 'cpu',
    label: { en: 'CPU, one worker', zh: 'CPU 单线程' },
  },
  {
    role: 'cpu-all',
    name: CHAINS,
    variant: 'all-cores',
    device: 'cpu',
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
    series,
  },
];
