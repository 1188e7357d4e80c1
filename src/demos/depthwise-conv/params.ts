/** The parameters, by their one name: in links, on the command line, in sweeps. */
import { choice, range, seed, type Params as Values, type ParamsOf } from '@/lab/schema';

const problem = { en: 'Problem', zh: '问题规模' };
const how = { en: 'How it runs', zh: '运行方式' };

export type Show = 'operators' | 'filters' | 'features' | 'blocks';
const on =
  (...shown: readonly Show[]) =>
  ({ show }: Values): boolean =>
    shown.includes(show as Show);

/** Channels are cut into four groups, quarters and eighths. */
export const CHANNEL_STEP = 16;

export const params = {
  show: choice({
    label: { en: 'What is shown', zh: '显示内容' },
    options: {
      operators: { en: 'operators compared', zh: '算子对比' },
      filters: { en: 'live filters', zh: '实时滤波' },
      features: { en: 'feature maps', zh: '特征图' },
      blocks: { en: 'networks block by block', zh: '逐块对比网络' },
    },
    default: 'operators',
    // The tabs of the view are its control.
    applies: () => false,
  }),
  channels: range({
    label: { en: 'Channels C', zh: '通道数 C' },
    help: {
      en: 'Of the input and of the output, a multiple of 16.',
      zh: '输入与输出的通道数，须为 16 的倍数。',
    },
    group: problem,
    ...{ min: 16, max: 512, default: 64, integer: true, step: CHANNEL_STEP },
    applies: on('operators'),
  }),
  kernel: range({
    label: { en: 'Window k', zh: '窗口边长 k' },
    help: {
      en: 'k × k taps, odd. The second wide branch of the Inception block has k + 2.',
      zh: 'k × k 个权重，须为奇数。Inception 块中较宽的分支用 k + 2。',
    },
    group: problem,
    ...{ min: 3, max: 7, default: 3, integer: true, step: 2 },
    applies: on('operators'),
  }),
  resolution: range({
    label: { en: 'Pixels of a side', zh: '边长（像素）' },
    group: problem,
    ...{ min: 7, max: 224, default: 28, integer: true, scale: 'log' },
    applies: on('operators'),
  }),
  groups: choice({
    label: { en: 'Groups of the grouped one', zh: '分组卷积的组数' },
    group: problem,
    options: {
      '2': { en: '2', zh: '2' },
      '4': { en: '4', zh: '4' },
      '8': { en: '8', zh: '8' },
      '16': { en: '16', zh: '16' },
    },
    default: '4',
    applies: on('operators'),
  }),
  storage: choice({
    label: { en: 'Storage', zh: '存储类型' },
    help: {
      en: 'Of images and weights; sums are f32. Half the bytes are twice the arithmetic intensity.',
      zh: '图像与权重的存储类型；累加始终用 f32。字节减半，运算强度加倍。',
    },
    group: how,
    options: { f32: { en: 'f32', zh: 'f32' }, f16: { en: 'f16', zh: 'f16' } },
    default: 'f32',
    applies: on('operators'),
  }),
  seed: seed({ group: how }),
};

export type Params = ParamsOf<typeof params>;
