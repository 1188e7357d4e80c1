/** "Try this": settings with something to look for. */
import type { PresetDecl } from '@/lab/demo';
import type { params } from './params';

export const presets: readonly PresetDecl<typeof params>[] = [
  {
    id: 'causal',
    title: { en: 'Causal', zh: '因果掩码' },
    note: {
      en: 'Tiles above the diagonal are never loaded: about half the work is gone.',
      zh: '对角线以上的块从不加载，工作量省去将近一半。',
    },
    params: { causal: true, window: 0 },
  },
  {
    id: 'window',
    title: { en: 'Sliding window', zh: '滑动窗口' },
    note: {
      en: 'Each query sees the 128 keys before it: the cost grows as N, not N².',
      zh: '每个查询只看之前的 128 个键：开销随 N 线性增长，而非 N²。',
    },
    params: { causal: true, window: 128, n: 2048 },
  },
  {
    id: 'gqa',
    title: { en: 'Grouped queries', zh: '分组查询（GQA）' },
    note: {
      en: 'Eight query heads share two key/value heads: a quarter of the cache to read.',
      zh: '八个查询头共用两个键值头：需要读取的缓存只有四分之一。',
    },
    params: { heads: 8, 'kv-heads': 2 },
  },
  {
    id: 'f16',
    title: { en: 'Half precision', zh: '半精度' },
    note: {
      en: 'Half the bytes, sums still in f32: look at the error beside the badge.',
      zh: '字节数减半，仍以 f32 累加：请看徽章旁的误差。',
    },
    params: { dtype: 'f16' },
  },
  {
    id: 'large',
    title: { en: 'Large N', zh: '大 N' },
    note: {
      en: 'The matrix would take 256 MiB; flash needs 32 KiB beside its output.',
      zh: '矩阵需要 256 MiB；Flash 除输出外只需 32 KiB。',
    },
    params: { n: 8192, variant: 'auto' },
  },
  {
    id: 'image',
    title: { en: 'An image', zh: '一幅图像' },
    note: {
      en: 'Patches attend to patches: click one and see where it looks.',
      zh: '图块之间相互注意：点击一个图块，看它在看哪里。',
    },
    params: { input: 'image', n: 1024, causal: false, window: 0 },
  },
];
