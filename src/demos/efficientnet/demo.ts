/** EfficientNet: depth, width and resolution scaled together, what that costs here, and what it buys. */
import { defineDemo } from '@/lab/demo';
import { charts, NAME } from './charts';
import { params } from './params';
import { presets } from './presets';
import { rules } from './rules';

export const demo = defineDemo<typeof params>({
  slug: 'efficientnet',
  version: 1,
  title: { en: 'EfficientNet', zh: 'EfficientNet' },
  summary: {
    en: 'Make a network deeper, wider and its images larger, all at once and in proportion: move α, β, γ and φ, and see what parameters, memory and time they cost on your own GPU.',
    zh: '按比例同时加深、加宽网络并放大图像：移动 α、β、γ 与 φ，看它们在你的 GPU 上花费多少参数、内存和时间。',
  },
  papers: [
    {
      title: 'EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks',
      authors: 'Tan, Le',
      year: 2019,
      url: 'https://arxiv.org/abs/1905.11946',
    },
    {
      title: 'MobileNetV2: Inverted Residuals and Linear Bottlenecks',
      authors: 'Sandler, Howard, Zhu, Zhmoginov, Chen',
      year: 2018,
      url: 'https://arxiv.org/abs/1801.04381',
    },
    {
      title: 'Squeeze-and-Excitation Networks',
      authors: 'Hu, Shen, Albanie, Sun, Wu',
      year: 2018,
      url: 'https://arxiv.org/abs/1709.01507',
    },
    {
      title: 'Learning Deep Features for Discriminative Localization',
      authors: 'Zhou, Khosla, Lapedriza, Oliva, Torralba',
      year: 2016,
      url: 'https://arxiv.org/abs/1512.04150',
    },
  ],
  params,
  size: () => 'resolution',
  rules,
  metrics: {
    width: { label: { en: 'Width w', zh: '宽度 w' } },
    depth: { label: { en: 'Depth d', zh: '深度 d' } },
    resolution: { label: { en: 'Resolution r', zh: '分辨率 r' }, unit: 'px' },
    growth: { label: { en: 'αβ²γ²', zh: 'αβ²γ²' } },
    parameters: { label: { en: 'Parameters', zh: '参数量' } },
    macs: { label: { en: 'Multiply-adds of an image', zh: '每张图像的乘加次数' } },
    shared: { label: { en: 'Activations, memory reused', zh: '激活内存（复用）' }, unit: 'bytes' },
    apart: { label: { en: 'Activations, nothing reused', zh: '激活内存（不复用）' }, unit: 'bytes' },
    latency: { label: { en: 'Forward pass, measured here', zh: '前向计算（本机实测）' }, unit: 'ms' },
  },
  charts,
  presets,
  smoke: {
    params: { resolution: 32 },
    metrics: {
      parameters: [5_288_548, 5_288_548],
      macs: [9.7e6, 9.8e6],
      width: [1, 1],
      growth: [1.92, 1.93],
    },
    measurements: [NAME],
  },
});
