/** Speed of the reverse SDE and of the density's map, and memory, against the same work on the CPU. */
import type { ChartDecl, SeriesDecl } from '@/lab/demo';

export const NAME = 'reverse-sde-steps';
export const MAP = 'likelihood-map';

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

const x: ChartDecl['x'] = {
  param: 'particles',
  values: [1024, 4096, 16384, 65536, 262144],
  label: { en: 'particles', zh: '粒子数' },
  scale: 'log',
};

export const charts: readonly ChartDecl[] = [
  {
    id: 'steps',
    title: {
      en: 'Time of eight steps of the reverse SDE over the number of particles',
      zh: '逆向 SDE 八步的耗时随粒子数的变化',
    },
    x,
    y: { field: 'timeMs', label: { en: 'time', zh: '耗时' }, scale: 'log' },
    series: seriesOf(NAME),
  },
  {
    id: 'memory',
    title: {
      en: 'Memory of these steps over the number of particles',
      zh: '这些步占用的内存随粒子数的变化',
    },
    x,
    y: { field: 'peakBytes', label: { en: 'peak memory', zh: '内存峰值' }, scale: 'log' },
    series: seriesOf(NAME).slice(0, 1),
  },
  {
    id: 'likelihood-map',
    title: {
      en: 'Time of the density’s map over the number of its pixels',
      zh: '密度图的耗时随像素数的变化',
    },
    // Each pixel is a particle of the flow.
    x: { ...x, values: [256, 1024, 4096, 16384, 65536], label: { en: 'pixels', zh: '像素数' } },
    y: { field: 'timeMs', label: { en: 'time', zh: '耗时' }, scale: 'log' },
    series: seriesOf(MAP),
  },
];
