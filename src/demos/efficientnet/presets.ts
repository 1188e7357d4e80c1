/** Settings worth trying. */
import type { PresetDecl } from '@/lab/demo';
import { published, type params } from './params';

export const presets: readonly PresetDecl<typeof params>[] = [
  {
    id: 'b0',
    title: { en: 'B0, where it starts', zh: '起点 B0' },
    note: {
      en: 'φ = 0: nothing is scaled. 5.3 million parameters, 0.39 billion multiply-adds.',
      zh: 'φ = 0：未做缩放。530 万参数，3.9 亿次乘加。',
    },
    params: { network: 'scaled', phi: 0, ...published },
  },
  {
    id: 'all',
    title: { en: 'All three, φ = 3', zh: '三者同增，φ = 3' },
    note: {
      en: 'Seven times the multiply-adds, spread over depth, width and resolution.',
      zh: '约七倍的乘加次数，分摊到深度、宽度与分辨率上。',
    },
    params: { network: 'scaled', phi: 3, ...published },
  },
  {
    id: 'width',
    title: { en: 'Width alone, as much work', zh: '只加宽，计算量相当' },
    note: {
      en: 'β = √2 takes the whole budget. Parameters grow fastest this way.',
      zh: 'β = √2 用掉全部预算。参数量以这种方式增长最快。',
    },
    params: { network: 'scaled', phi: 3, alpha: 1, beta: 1.39, gamma: 1 },
  },
  {
    id: 'resolution',
    title: { en: 'Resolution alone', zh: '只提高分辨率' },
    note: {
      en: 'No new parameter, but activations grow with every pixel.',
      zh: '不增加任何参数，但激活内存随像素数增长。',
    },
    params: { network: 'scaled', phi: 3, alpha: 1, beta: 1, gamma: 1.39 },
  },
  {
    id: 'b3',
    title: { en: 'B3 as published', zh: '论文中的 B3' },
    note: {
      en: 'Width 1.2, depth 1.4, 300 × 300: round numbers that cost about what φ = 2.1 does.',
      zh: '宽 1.2、深 1.4、300 × 300：取整后的数值，计算量与 φ = 2.1 相近。',
    },
    params: { network: 'b3', phi: 2.1, ...published },
  },
];
