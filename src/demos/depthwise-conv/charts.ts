/** The operators by name, and time and memory over channels, window and resolution, GPU against CPU. */
import type { ChartDecl, SeriesDecl, SeriesRole } from '@/lab/demo';
import type { Text } from '@/lib/text';

export const NAME = 'operator';

export const operatorIds = [
  'standard',
  'grouped',
  'inception',
  'bottleneck',
  'separable',
  'separable-fused',
] as const;
export type OperatorId = (typeof operatorIds)[number];

export const operators: Readonly<
  Record<OperatorId, { readonly role: SeriesRole; readonly label: Text; readonly short: Text }>
> = {
  standard: {
    role: 'naive',
    label: { en: 'standard convolution', zh: '标准卷积' },
    short: { en: 'standard', zh: '标准' },
  },
  grouped: {
    role: 'alternative',
    label: { en: 'grouped convolution', zh: '分组卷积' },
    short: { en: 'grouped', zh: '分组' },
  },
  inception: {
    role: 'alternative',
    label: { en: 'Inception block (as 3a)', zh: 'Inception 块（同 3a）' },
    short: { en: 'Inception', zh: 'Inception' },
  },
  bottleneck: {
    role: 'alternative',
    label: { en: '1×1 bottleneck block', zh: '1×1 瓶颈块' },
    short: { en: 'bottleneck', zh: '瓶颈' },
  },
  separable: {
    role: 'fused',
    label: { en: 'depthwise separable, two kernels', zh: '深度可分离，两个内核' },
    short: { en: 'separable', zh: '可分离' },
  },
  'separable-fused': {
    role: 'fused',
    label: { en: 'depthwise separable, one fused kernel', zh: '深度可分离，融合为一个内核' },
    short: { en: 'fused', zh: '融合' },
  },
};

const gpu = (id: OperatorId): SeriesDecl => ({
  ...{ role: operators[id].role, name: `${NAME}.${id}`, device: 'gpu' },
  label: { en: `${operators[id].short.en}, GPU`, zh: `${operators[id].short.zh}（GPU）` },
});
const cpu = (id: OperatorId): SeriesDecl[] => [
  {
    ...{ role: 'cpu', name: `${NAME}.${id}`, variant: 'one-core', device: 'cpu' },
    label: { en: `${operators[id].short.en}, CPU, one worker`, zh: `${operators[id].short.zh}，CPU 单线程` },
  },
  {
    ...{ role: 'cpu-all', name: `${NAME}.${id}`, variant: 'all-cores', device: 'cpu' },
    label: { en: `${operators[id].short.en}, CPU, all cores`, zh: `${operators[id].short.zh}，CPU 全部核心` },
  },
];
const everyGpu = operatorIds.map(gpu);

const time: ChartDecl['y'] = { field: 'timeMs', label: { en: 'time', zh: '耗时' }, scale: 'log' };
const memory: ChartDecl['y'] = {
  field: 'peakBytes',
  label: { en: 'peak memory', zh: '内存峰值' },
  scale: 'log',
};
const over = (param: string, values: readonly number[], label: Text, scale: 'log' | 'linear' = 'log') => ({
  ...{ param, values, label, scale },
});
const channels = over('channels', [16, 32, 64, 128, 256], { en: 'channels C', zh: '通道数 C' });
const pixels = over('resolution', [7, 14, 28, 56], { en: 'pixels of a side', zh: '边长（像素）' });

export const charts: readonly ChartDecl[] = [
  {
    id: 'over-channels',
    title: {
      en: 'Time over channels, 28 × 28 pixels: the operators on the GPU',
      zh: '28 × 28 像素时耗时随通道数的变化：GPU 上的各算子',
    },
    x: channels,
    y: time,
    series: everyGpu,
    hold: { show: 'operators', resolution: 28 },
  },
  {
    id: 'over-kernel',
    title: {
      en: 'Time over the window: the operators on the GPU',
      zh: '耗时随窗口边长的变化：GPU 上的各算子',
    },
    x: over('kernel', [3, 5, 7], { en: 'window k', zh: '窗口边长 k' }, 'linear'),
    y: time,
    series: everyGpu,
    hold: { show: 'operators', resolution: 28, channels: 64 },
  },
  {
    id: 'over-resolution',
    title: {
      en: 'Time over resolution, 64 channels: standard and separable, GPU against CPU',
      zh: '64 个通道时耗时随分辨率的变化：标准与可分离，GPU 对比 CPU',
    },
    x: pixels,
    y: time,
    series: [
      gpu('standard'),
      gpu('separable'),
      gpu('separable-fused'),
      ...cpu('standard'),
      ...cpu('separable'),
    ],
    hold: { show: 'operators', channels: 64 },
  },
  {
    id: 'memory',
    title: {
      en: 'Memory of images, weights and what lies between, over resolution, 64 channels',
      zh: '64 个通道时图像、权重与中间结果占用的内存随分辨率的变化',
    },
    x: pixels,
    y: memory,
    series: everyGpu,
    hold: { show: 'operators', channels: 64 },
  },
];
