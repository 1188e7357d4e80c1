/** What must hold between parameters, and which one gives way. */
import type { Correction } from '@/lab/demo';
import { CHANNEL_STEP, type Params } from './params';

type Rule = (params: Params) => Correction | undefined;

/** Multiply-adds of the standard convolution: about a second on an adapter that is a CPU. */
export const MOST_MACS = 2 ** 32;

const channelsDivide: Rule = ({ channels }) =>
  channels % CHANNEL_STEP === 0
    ? undefined
    : {
        param: 'channels',
        value: Math.max(CHANNEL_STEP, Math.round(channels / CHANNEL_STEP) * CHANNEL_STEP),
        allowed: { en: 'multiples of 16', zh: '16 的倍数' },
      };

const windowIsOdd: Rule = ({ kernel }) =>
  kernel % 2 === 1
    ? undefined
    : { param: 'kernel', value: kernel + 1, allowed: { en: '3, 5 or 7', zh: '3、5 或 7' } };

const macsFit: Rule = ({ channels, kernel, resolution }) => {
  const most = Math.floor(Math.sqrt(MOST_MACS / (channels * kernel) ** 2));
  if (resolution <= most) return undefined;
  return {
    param: 'resolution',
    value: most,
    allowed: {
      en: `up to ${most} with ${channels} channels and k = ${kernel}: the standard convolution stays below 2³² multiply-adds`,
      zh: `${channels} 个通道、k = ${kernel} 时不超过 ${most}：标准卷积的乘加次数须少于 2³²`,
    },
  };
};

export const rules: readonly Rule[] = [channelsDivide, windowIsOdd, macsFit];
