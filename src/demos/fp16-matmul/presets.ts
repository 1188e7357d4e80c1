/** "Try this": settings with something to look for. */
import type { PresetDecl } from '@/lab/demo';
import type { params } from './params';

const half = { storage: 'f16', accumulate: 'f16', variant: 'auto' } as const;

export const presets: readonly PresetDecl<typeof params>[] = [
  {
    id: 'stagnation',
    title: { en: 'A sum that stops growing', zh: '停止增长的和' },
    note: {
      en: 'Positive terms below 1: past 2048 each is less than half an ulp, and nine in ten additions do nothing.',
      zh: '全是小于 1 的正数：和超过 2048 后，每一项都不到半个 ulp，十次加法有九次毫无作用。',
    },
    params: { ...half, m: 64, n: 64, k: 65536, distribution: 'positive' },
  },
  {
    id: 'chunks',
    title: { en: 'The same in chunks', zh: '换成分块累加' },
    note: {
      en: 'Only 32 terms are summed in f16 before f32 takes over: the error is back below a thousandth.',
      zh: '每 32 项 f16 之后就交给 f32：误差回到千分之一以内。',
    },
    params: { ...half, accumulate: 'chunked', m: 64, n: 64, k: 65536, distribution: 'positive' },
  },
  {
    id: 'cancelling',
    title: { en: 'Cancelling sums in f16', zh: 'f16 中的相消' },
    note: {
      en: 'The sum climbs and comes back to a sixty-fourth: the errors of the climb stay.',
      zh: '和先爬升，再回落到六十四分之一；爬升途中的误差却留了下来。',
    },
    params: { ...half, m: 256, n: 256, k: 1024, distribution: 'cancelling' },
  },
  {
    id: 'outlier',
    title: { en: 'An outlier eats its neighbours', zh: '离群值吞掉邻居' },
    note: {
      en: 'One channel is 4096 times the rest, as in activations of language models: see the share of lost additions.',
      zh: '有一个通道是其余的 4096 倍，语言模型的激活中常见：请看丢失的加法所占比例。',
    },
    params: { ...half, m: 256, n: 256, k: 1024, distribution: 'outlier' },
  },
  {
    id: 'wide',
    title: { en: 'A wide dynamic range', zh: '宽动态范围' },
    note: {
      en: 'Small products fall into f16’s subnormals or vanish: the histogram grows a tail to the right.',
      zh: '小的乘积落入 f16 的次正规区间甚至归零：直方图右侧拖出一条尾巴。',
    },
    params: { ...half, m: 256, n: 256, k: 256, distribution: 'wide' },
  },
  {
    id: 'gemv',
    title: { en: 'One row: a matrix–vector product', zh: '只有一行：矩阵–向量乘' },
    note: {
      en: 'Every weight is used once: reading B is the whole work, and f16 halves it. See the roofline.',
      zh: '每个权重只用一次，全部工作就是读取 B；f16 让读取量减半。请看屋顶线。',
    },
    params: {
      storage: 'f16',
      accumulate: 'f32',
      variant: 'auto',
      m: 1,
      n: 2048,
      k: 2048,
      distribution: 'normal',
    },
  },
];
