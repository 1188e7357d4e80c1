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
  {
    id: 'edges',
    title: { en: 'Edges, live', zh: '实时边缘' },
    note: {
      en: 'Sobel over each colour. Start the camera, or move the divider over the picture.',
      zh: '对每个颜色通道做 Sobel。可启动摄像头，或在图像上移动分界线。',
    },
    params: { show: 'filters', filter: 'sobel' },
  },
  {
    id: 'first-layer',
    title: { en: 'What the first layer sees', zh: '第一层看到什么' },
    note: {
      en: 'MobileNetV2’s 32 first channels with random weights: blurs, edges and colours already.',
      zh: '随机权重下 MobileNetV2 的前 32 个通道：已有模糊、边缘与颜色。',
    },
    params: { show: 'features', network: 'mobilenet-v2', layer: 0 },
  },
  {
    id: 'trained-layer',
    title: { en: 'What a trained layer sees', zh: '训练过的层看到什么' },
    note: {
      en: 'The classifier of signs that this site trained, after its first block. Compare with random weights.',
      zh: '本站训练的标志分类器，第一个块之后的特征图。可与随机权重对照。',
    },
    params: { show: 'features', network: 'efficientnet-signs', layer: 3 },
  },
  {
    id: 'inverted',
    title: { en: 'An inverted residual', zh: '倒残差块' },
    note: {
      en: 'Wide inside, narrow outside: the shortcut joins the narrow ends. Compare the columns beside it.',
      zh: '中间宽、两端窄，捷径连接窄端。可与旁边各列对照。',
    },
    params: { show: 'blocks', network: 'mobilenet-v2', block: 3 },
  },
];
