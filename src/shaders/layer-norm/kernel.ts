/** y = (x − mean)/√(variance + eps)·γ + β over the last axis (Ba, Kiros & Hinton 2016). */
import { normKernel } from './norm';

export const kernel = normKernel(
  { name: 'layer-norm', title: { en: 'Layer norm', zh: '层归一化（Layer norm）' } },
  { centre: true },
);
