/** The parameters, by their one name: in links, on the command line, in sweeps. */
import { choice, file, range, seed, type Params as Values, type ParamsOf } from '@/lab/schema';

const problem = { en: 'Problem', zh: '问题规模' };
const picture = { en: 'Picture', zh: '图像' };
const network = { en: 'Network', zh: '网络' };
const how = { en: 'How it runs', zh: '运行方式' };

export type Show = 'operators' | 'filters' | 'features' | 'blocks';
const on =
  (...shown: readonly Show[]) =>
  ({ show }: Values): boolean =>
    shown.includes(show as Show);

/** Every network of models/vision: a test holds the names against those. */
const networks = {
  'mobilenet-v1': { en: 'MobileNet V1', zh: 'MobileNet V1' },
  'mobilenet-v1-x0.75': { en: 'MobileNet V1 × 0.75', zh: 'MobileNet V1 × 0.75' },
  'mobilenet-v1-x0.5': { en: 'MobileNet V1 × 0.5', zh: 'MobileNet V1 × 0.5' },
  'mobilenet-v1-x0.25': { en: 'MobileNet V1 × 0.25', zh: 'MobileNet V1 × 0.25' },
  'mobilenet-v2': { en: 'MobileNet V2', zh: 'MobileNet V2' },
  'mobilenet-v2-x1.4': { en: 'MobileNet V2 × 1.4', zh: 'MobileNet V2 × 1.4' },
  'mobilenet-v2-x0.75': { en: 'MobileNet V2 × 0.75', zh: 'MobileNet V2 × 0.75' },
  'mobilenet-v2-x0.5': { en: 'MobileNet V2 × 0.5', zh: 'MobileNet V2 × 0.5' },
  'mobilenet-v2-x0.35': { en: 'MobileNet V2 × 0.35', zh: 'MobileNet V2 × 0.35' },
  'mobilenet-v3-large': { en: 'MobileNet V3 Large', zh: 'MobileNet V3 Large' },
  'mobilenet-v3-small': { en: 'MobileNet V3 Small', zh: 'MobileNet V3 Small' },
  'shufflenet-v2-x0.5': { en: 'ShuffleNet V2 × 0.5', zh: 'ShuffleNet V2 × 0.5' },
  'shufflenet-v2-x1.0': { en: 'ShuffleNet V2 × 1.0', zh: 'ShuffleNet V2 × 1.0' },
  'shufflenet-v2-x1.5': { en: 'ShuffleNet V2 × 1.5', zh: 'ShuffleNet V2 × 1.5' },
  'shufflenet-v2-x2.0': { en: 'ShuffleNet V2 × 2.0', zh: 'ShuffleNet V2 × 2.0' },
  'efficientnet-b0': { en: 'EfficientNet B0', zh: 'EfficientNet B0' },
  'efficientnet-b1': { en: 'EfficientNet B1', zh: 'EfficientNet B1' },
  'efficientnet-b2': { en: 'EfficientNet B2', zh: 'EfficientNet B2' },
  'efficientnet-b3': { en: 'EfficientNet B3', zh: 'EfficientNet B3' },
  'efficientnet-b4': { en: 'EfficientNet B4', zh: 'EfficientNet B4' },
  'efficientnet-b5': { en: 'EfficientNet B5', zh: 'EfficientNet B5' },
  'efficientnet-b6': { en: 'EfficientNet B6', zh: 'EfficientNet B6' },
  'efficientnet-b7': { en: 'EfficientNet B7', zh: 'EfficientNet B7' },
  'tf-efficientnet-b0': { en: 'EfficientNet B0 (TensorFlow)', zh: 'EfficientNet B0 (TensorFlow)' },
  'tf-efficientnet-b1': { en: 'EfficientNet B1 (TensorFlow)', zh: 'EfficientNet B1 (TensorFlow)' },
  'tf-efficientnet-b2': { en: 'EfficientNet B2 (TensorFlow)', zh: 'EfficientNet B2 (TensorFlow)' },
  'tf-efficientnet-b3': { en: 'EfficientNet B3 (TensorFlow)', zh: 'EfficientNet B3 (TensorFlow)' },
  'tf-efficientnet-b4': { en: 'EfficientNet B4 (TensorFlow)', zh: 'EfficientNet B4 (TensorFlow)' },
  'tf-efficientnet-b5': { en: 'EfficientNet B5 (TensorFlow)', zh: 'EfficientNet B5 (TensorFlow)' },
  'tf-efficientnet-b6': { en: 'EfficientNet B6 (TensorFlow)', zh: 'EfficientNet B6 (TensorFlow)' },
  'tf-efficientnet-b7': { en: 'EfficientNet B7 (TensorFlow)', zh: 'EfficientNet B7 (TensorFlow)' },
  'efficientnet-signs': { en: 'EfficientNet of signs, trained here', zh: '标志 EfficientNet（本站训练）' },
  'squeezenet-1.0': { en: 'SqueezeNet 1.0', zh: 'SqueezeNet 1.0' },
  'squeezenet-1.1': { en: 'SqueezeNet 1.1', zh: 'SqueezeNet 1.1' },
  googlenet: { en: 'GoogLeNet', zh: 'GoogLeNet' },
};

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
  filter: choice({
    label: { en: 'Filter', zh: '滤波器' },
    help: {
      en: 'The same window over each colour: a depthwise convolution.',
      zh: '每个颜色通道各用同一窗口：这就是逐通道卷积。',
    },
    group: { en: 'Filter', zh: '滤波器' },
    options: {
      identity: { en: 'identity', zh: '恒等' },
      gaussian: { en: 'Gaussian 5 × 5', zh: '高斯 5 × 5' },
      sobel: { en: 'Sobel, strength of edges', zh: 'Sobel 边缘强度' },
      'sobel-x': { en: 'Sobel across', zh: 'Sobel 横向' },
      'sobel-y': { en: 'Sobel down', zh: 'Sobel 纵向' },
      laplacian: { en: 'Laplacian', zh: '拉普拉斯' },
      sharpen: { en: 'sharpen', zh: '锐化' },
      custom: { en: 'your own', zh: '自定义' },
      learned: { en: 'a network’s', zh: '网络的滤波器' },
    },
    default: 'sobel',
    applies: on('filters'),
  }),
  taps: file({
    label: { en: 'Your own window', zh: '自定义窗口' },
    help: {
      en: '9 or 25 numbers, row by row. The view has a field for each.',
      zh: '9 或 25 个数，逐行排列。视图中每个数有一个输入框。',
    },
    group: { en: 'Filter', zh: '滤波器' },
    accept: '.csv,.txt',
    payload: true,
    with: () => ({ show: 'filters', filter: 'custom' }),
    applies: ({ show, filter }) => show === 'filters' && filter === 'custom',
  }),
  image: file({
    label: { en: 'Your own image', zh: '自己的图像' },
    help: {
      en: 'Without one, a picture is drawn. The camera is in the view.',
      zh: '未选择时使用绘制的图像。摄像头在视图中启动。',
    },
    group: picture,
    accept: 'image/*',
    applies: on('filters', 'features'),
  }),
  network: choice({
    label: { en: 'Network', zh: '网络' },
    group: network,
    options: networks,
    default: 'mobilenet-v2',
    // Layers are counted in each network by itself.
    with: () => ({ layer: 0, depthwise: 0, block: 1 }),
    applies: ({ show, filter }) =>
      show === 'features' || show === 'blocks' || (show === 'filters' && filter === 'learned'),
  }),
  weights: file({
    label: { en: 'Weights of the network', zh: '网络权重' },
    help: {
      en: 'A checkpoint by timm’s or torchvision’s names. Without one the weights are random, made from the seed; the EfficientNet of signs has those that this site trained.',
      zh: '采用 timm 或 torchvision 命名的检查点。未选择时使用由种子生成的随机权重；标志 EfficientNet 则使用本站训练的权重。',
    },
    group: network,
    accept: '.safetensors',
    remote: true,
    applies: ({ show, filter }) => show === 'features' || (show === 'filters' && filter === 'learned'),
  }),
  layer: range({
    label: { en: 'Layer', zh: '层' },
    help: { en: 'Counted from 0; past the last one, the last.', zh: '从 0 数起；超出时取最后一层。' },
    group: network,
    ...{ min: 0, max: 999, default: 0, integer: true },
    applies: () => false,
  }),
  depthwise: range({
    label: { en: 'Depthwise layer', zh: '逐通道层' },
    help: { en: 'Counted from 0; past the last one, the last.', zh: '从 0 数起；超出时取最后一层。' },
    group: network,
    ...{ min: 0, max: 99, default: 0, integer: true },
    applies: () => false,
  }),
  channel: range({
    label: { en: 'Channel', zh: '通道' },
    help: {
      en: 'Whose window is taken; past the last one, the last.',
      zh: '取哪个通道的窗口；超出时取最后一个。',
    },
    group: network,
    ...{ min: 0, max: 9999, default: 0, integer: true },
    applies: () => false,
  }),
  block: range({
    label: { en: 'Block', zh: '块' },
    help: {
      en: 'Counted from the stem, 0; past the last one, the last.',
      zh: '从首层 0 数起；超出时取最后一块。',
    },
    group: network,
    ...{ min: 0, max: 199, default: 1, integer: true },
    applies: () => false,
  }),
  seed: seed({ group: how }),
};

export type Params = ParamsOf<typeof params>;
