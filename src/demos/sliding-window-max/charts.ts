/** Time over n and over k, series and image: the kernels against the CPU's monotonic deque. */
import type { ChartDecl, SeriesDecl } from '@/lab/demo';
import type { Params } from './params';

export const NAME = 'sliding-window-max';

const gpu = (role: SeriesDecl['role'], variant: string, en: string, zh: string): SeriesDecl => ({
  role,
  label: { en, zh },
  name: NAME,
  variant,
  device: 'gpu',
});
const naive = gpu('naive', 'naive', 'naive, GPU', '朴素（GPU）');
const others: readonly SeriesDecl[] = [
  gpu('alternative', 'doubling', 'doubling, GPU', '倍增（GPU）'),
  gpu('fused', 'van-herk', 'van Herk, GPU', 'van Herk（GPU）'),
  gpu('fused', 'register', 'van Herk in registers, GPU', '寄存器版 van Herk（GPU）'),
  {
    role: 'cpu',
    label: { en: 'deque, one core', zh: '单调队列（单核）' },
    name: NAME,
    variant: 'one-core',
    device: 'cpu',
  },
  {
    role: 'cpu-all',
    label: { en: 'deque, all cores', zh: '单调队列（全部核心）' },
    name: NAME,
    variant: 'all-cores',
    device: 'cpu',
  },
];
const time: ChartDecl['y'] = { field: 'timeMs', label: { en: 'time', zh: '耗时' }, scale: 'log' };
const hold = (params: Partial<Params>): NonNullable<ChartDecl['hold']> => ({
  source: 'random',
  shape: '1d',
  ...params,
});

export const charts: readonly ChartDecl[] = [
  {
    id: 'over-k',
    title: {
      en: 'A series of 2²⁰: time over the window k',
      zh: '2²⁰ 个样本的序列：耗时随窗口宽度 k 的变化',
    },
    x: {
      param: 'k',
      values: [3, 10, 30, 100, 300, 1000, 10_000, 100_000],
      label: { en: 'window k', zh: '窗口宽度 k' },
      scale: 'log',
    },
    y: time,
    series: [naive, ...others],
    hold: hold({ n: 2 ** 20 }),
  },
  {
    id: 'over-n',
    title: {
      en: 'A window of 1000: time over the number of samples n',
      zh: '窗口宽度 1000：耗时随样本数 n 的变化',
    },
    x: {
      param: 'n',
      values: [2 ** 12, 2 ** 14, 2 ** 16, 2 ** 18, 2 ** 20, 2 ** 22, 2 ** 24],
      label: { en: 'samples n', zh: '样本数 n' },
      scale: 'log',
    },
    y: time,
    series: [naive, ...others],
    hold: hold({ k: 1000 }),
  },
  {
    id: 'image',
    title: {
      en: 'An image of 1024 × 1024: time over the window k × k',
      zh: '1024 × 1024 的图像：耗时随窗口 k × k 的变化',
    },
    x: {
      param: 'k',
      values: [3, 7, 15, 31, 63, 127, 255, 511],
      label: { en: 'window side k', zh: '窗口边长 k' },
      scale: 'log',
    },
    y: time,
    series: [naive, ...others],
    hold: hold({ n: 2 ** 20, shape: '2d' }),
  },
  {
    id: 'memory',
    title: {
      en: 'Memory beside input and output, for 2²⁰ samples',
      zh: '2²⁰ 个样本时，输入输出之外占用的内存',
    },
    x: {
      param: 'k',
      values: [3, 30, 300, 3000, 30_000],
      label: { en: 'window k', zh: '窗口宽度 k' },
      scale: 'log',
    },
    y: { field: 'workspaceBytes', label: { en: 'workspace', zh: '工作内存' }, scale: 'log' },
    series: others.filter(({ device }) => device === 'gpu'),
    hold: hold({ n: 2 ** 20 }),
  },
];
