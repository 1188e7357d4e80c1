/** y = x/√(mean(x²) + eps)·γ over the last axis (Zhang & Sennrich 2019). */
import { normKernel } from '@/shaders/layer-norm/norm';

export const kernel = normKernel(
  { name: 'rms-norm', title: { en: 'RMS norm', zh: '均方根归一化（RMS norm）' } },
  { centre: false },
);
