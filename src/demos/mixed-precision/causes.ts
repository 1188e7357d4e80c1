/** What stopped a training, in words. */
import type { Text } from '@/lib/text';

const of = (parameters: readonly string[]): string =>
  parameters.length === 0 ? '' : ` (${[...new Set(parameters)].join(', ')})`;

export const brokenWeight = (name: string): Text => ({
  en: `the weight ${name}: the update before wrote a number that is not finite`,
  zh: `权重 ${name}：上一次更新写入了非有限数`,
});

/** `label` is what an operation gave, `parameters` are those that it reads or whose gradients it writes. */
export const inForward = (label: string, parameters: readonly string[]): Text => ({
  en: `forward pass, ${label}${of(parameters)}`,
  zh: `前向传播，${label}${of(parameters)}`,
});

export const inBackward = (label: string, parameters: readonly string[], half: boolean): Text => ({
  en: `backward pass, ${label}${of(parameters)}${half ? ', stored in FP16' : ''}`,
  zh: `反向传播，${label}${of(parameters)}${half ? '（以 FP16 存储）' : ''}`,
});

export const diverged = (loss: number): Text => ({
  en: `the loss reached ${loss.toPrecision(3)}: training diverged`,
  zh: `损失达到 ${loss.toPrecision(3)}：训练发散`,
});
