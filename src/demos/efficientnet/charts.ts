/** Latency and activation memory over φ, and latency over the resolution. */
import type { ChartDecl, SeriesDecl } from '@/lab/demo';

export const NAME = 'efficientnet.forward';

const gpu: SeriesDecl = {
  role: 'fused',
  label: { en: 'forward pass, GPU', zh: '前向计算（GPU）' },
  ...{ name: NAME, device: 'gpu', variant: 'default' },
};
const cpu: SeriesDecl = {
  role: 'cpu',
  label: { en: 'tuned TypeScript, one core', zh: '优化的 TypeScript（单核）' },
  ...{ name: NAME, device: 'cpu', variant: 'one-core' },
};
const apart: SeriesDecl = {
  role: 'predicted',
  label: { en: 'if no tensor shared memory (planned)', zh: '若张量互不共享内存（规划值）' },
  ...{ name: NAME, device: 'gpu', variant: 'apart' },
};
const phi: ChartDecl['x'] = {
  ...{ param: 'phi', values: [0, 0.5, 1, 1.5, 2, 2.5, 3] },
  label: { en: 'compound coefficient φ', zh: '复合系数 φ' },
  scale: 'linear',
};

export const charts: readonly ChartDecl[] = [
  {
    id: 'latency',
    title: { en: 'One image: time over φ at these α, β, γ', zh: '单张图像：当前 α、β、γ 下耗时随 φ 的变化' },
    x: phi,
    y: { field: 'timeMs', label: { en: 'time', zh: '耗时' }, scale: 'log' },
    series: [gpu, cpu],
    hold: { network: 'scaled' },
  },
  {
    id: 'memory',
    title: {
      en: 'One image: memory of everything between image and logits',
      zh: '单张图像：从图像到 logits 之间全部张量占用的内存',
    },
    x: phi,
    y: { field: 'workspaceBytes', label: { en: 'activations', zh: '激活内存' }, scale: 'log' },
    series: [{ ...gpu, label: { en: 'as planned: memory is reused', zh: '经规划：内存复用' } }, apart],
    hold: { network: 'scaled' },
  },
  {
    id: 'resolution',
    title: { en: 'B0 on larger and smaller images', zh: '不同分辨率下的 B0' },
    x: {
      ...{ param: 'resolution', values: [32, 64, 96, 128, 160, 192, 224] },
      label: { en: 'pixels of a side', zh: '边长（像素）' },
      scale: 'log',
    },
    y: { field: 'timeMs', label: { en: 'time', zh: '耗时' }, scale: 'log' },
    series: [gpu, cpu],
    hold: { network: 'b0' },
  },
];
