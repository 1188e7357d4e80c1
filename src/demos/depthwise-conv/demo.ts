/** Depthwise convolutions: what they save in multiply-adds, bytes and time, as filters, and in the networks built of them. */
import { defineDemo } from '@/lab/demo';
import { charts, NAME } from './charts';
import { params } from './params';
import { presets } from './presets';
import { rules } from './rules';

export const demo = defineDemo<typeof params>({
  slug: 'depthwise-conv',
  version: 1,
  title: { en: 'Depthwise convolutions', zh: '深度可分离卷积' },
  summary: {
    en: 'A ninth of the multiply-adds, and not a ninth of the time: standard, grouped and separable convolutions measured here, live filters, and the networks built of them.',
    zh: '乘加次数降到九分之一，耗时却没有：在本机实测标准、分组与可分离卷积，实时滤波，并逐块比较由它们搭成的网络。',
  },
  papers: [
    {
      title: 'MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications',
      authors: 'Howard, Zhu, Chen, Kalenichenko, Wang, Weyand, Andreetto, Adam',
      year: 2017,
      url: 'https://arxiv.org/abs/1704.04861',
    },
    {
      title: 'MobileNetV2: Inverted Residuals and Linear Bottlenecks',
      authors: 'Sandler, Howard, Zhu, Zhmoginov, Chen',
      year: 2018,
      url: 'https://arxiv.org/abs/1801.04381',
    },
    {
      title: 'ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design',
      authors: 'Ma, Zhang, Zheng, Sun',
      year: 2018,
      url: 'https://arxiv.org/abs/1807.11164',
    },
    {
      title: 'EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks',
      authors: 'Tan, Le',
      year: 2019,
      url: 'https://arxiv.org/abs/1905.11946',
    },
    {
      title: 'Roofline: An Insightful Visual Performance Model for Multicore Architectures',
      authors: 'Williams, Waterman, Patterson',
      year: 2009,
      url: 'https://doi.org/10.1145/1498765.1498785',
    },
  ],
  params,
  size: ({ show }) => (show === 'operators' ? 'resolution' : undefined),
  rules,
  metrics: {
    macs: { label: { en: 'Multiply-adds, standard', zh: '标准卷积的乘加次数' } },
    'separable-macs': { label: { en: 'Multiply-adds, separable', zh: '可分离卷积的乘加次数' } },
    'mac-ratio': { label: { en: 'Ratio of multiply-adds, 1/C + 1/k²', zh: '乘加次数之比 1/C + 1/k²' } },
    'parameter-ratio': { label: { en: 'Ratio of parameters', zh: '参数量之比' } },
    'byte-ratio': { label: { en: 'Ratio of bytes moved', zh: '访存字节数之比' } },
    'time-ratio': { label: { en: 'Ratio of times, measured here', zh: '本机实测耗时之比' } },
    pixels: { label: { en: 'Pixels of the picture', zh: '图像像素数' } },
    'filter-macs': { label: { en: 'Multiply-adds of the filter', zh: '滤波器的乘加次数' } },
    'filter-time': { label: { en: 'Time of the filter', zh: '滤波器耗时' }, unit: 'ms' },
    layers: { label: { en: 'Layers of the network', zh: '网络层数' } },
    'map-height': { label: { en: 'Rows of a feature map', zh: '特征图行数' } },
    'map-width': { label: { en: 'Columns of a feature map', zh: '特征图列数' } },
    'map-channels': { label: { en: 'Feature maps', zh: '特征图数量' } },
    'block-parameters': { label: { en: 'Parameters of the block', zh: '该块的参数' } },
    'block-macs': { label: { en: 'Multiply-adds of the block', zh: '该块的乘加次数' } },
    'block-time': { label: { en: 'Time of the block', zh: '该块的耗时' }, unit: 'ms' },
  },
  charts,
  presets,
  smoke: {
    params: { channels: 16, resolution: 9 },
    // 1/16 + 1/9; 2,304 weights and 16 biases against 144 + 256 and 32; bytes of 81 pixels.
    metrics: {
      macs: [186_624, 186_624],
      'separable-macs': [32_400, 32_400],
      'mac-ratio': [0.1736, 0.1737],
      'parameter-ratio': [0.186, 0.187],
    },
    measurements: [`${NAME}.standard`, `${NAME}.separable`, `${NAME}.separable-fused`],
  },
});
