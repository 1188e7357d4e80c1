/** Things to try, each with what to look for. */
import type { PresetDecl } from '@/lab/demo';
import type { params } from './params';

export const presets: readonly PresetDecl<typeof params>[] = [
  {
    id: 'textbook',
    title: { en: 'The textbook example', zh: '教科书例子' },
    note: {
      en: 'Eight numbers, k = 3. Step through it: which numbers does the deque throw out, and when?',
      zh: '八个数，k = 3。逐步走一遍：队列在什么时候丢掉了哪些数？',
    },
    params: { source: 'textbook', shape: '1d', k: 3 },
  },
  {
    id: 'walk',
    title: { en: 'A long walk, a long window', zh: '长序列与长窗口' },
    note: {
      en: 'A million samples, a window of ten thousand. Change k: on the blockwise kernels the time stays.',
      zh: '一百万个样本，窗口一万。改变 k：按块计算的内核耗时不变。',
    },
    params: { source: 'walk', shape: '1d', n: 2 ** 20, k: 10_000 },
  },
  {
    id: 'picture',
    title: { en: 'Dilate a picture', zh: '膨胀一幅图画' },
    note: {
      en: 'Every bright point grows into a square of k × k. Move the divider between before and after.',
      zh: '每个亮点都长成 k × k 的方块。拖动分界线比较前后。',
    },
    params: { source: 'textbook', shape: '2d', k: 9 },
  },
  {
    id: 'all',
    title: { en: 'One window over all', zh: '一个窗口覆盖全部' },
    note: {
      en: 'k = n leaves a single answer, the largest of all samples.',
      zh: 'k = n 时只剩一个结果：全部样本的最大值。',
    },
    params: { source: 'textbook', shape: '1d', k: 8 },
  },
];
