/** "Try this": settings with something to look for. */
import type { PresetDecl } from '@/lab/demo';
import type { params } from './params';

const operators = { show: 'operators' } as const;

export const presets: readonly PresetDecl<typeof params>[] = [
  {
    id: 'mobilenet',
    title: { en: 'As in the middle of MobileNet', zh: '如 MobileNet 中段' },
    note: {
      en: '256 channels at 14 × 14: an eighth to a ninth of the multiply-adds. See what share of the time.',
      zh: '256 个通道、14 × 14：乘加次数降到八九分之一。看看耗时降到几分之一。',
    },
    params: { ...operators, channels: 256, kernel: 3, resolution: 14 },
  },
  {
    id: 'early',
    title: { en: 'Early: few channels, many pixels', zh: '浅层：通道少、像素多' },
    note: {
      en: '16 channels at 112 × 112: 1/C is no longer small, and every byte is touched for few operations.',
      zh: '16 个通道、112 × 112：1/C 不再可忽略，每个字节只换来少量运算。',
    },
    params: { ...operators, channels: 16, kernel: 3, resolution: 112 },
  },
  {
    id: 'wide-window',
    title: { en: 'A wide window', zh: '大窗口' },
    note: {
      en: '7 × 7: the standard convolution pays 49 times C², the separable one barely notices.',
      zh: '7 × 7：标准卷积要付 49 倍 C²，可分离卷积几乎不受影响。',
    },
    params: { ...operators, channels: 64, kernel: 7, resolution: 28 },
  },
];
