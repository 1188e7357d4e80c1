/** Sliding-window maximum: the monotonic deque beside log-step doubling and van Herk/Gil–Werman, in one and two dimensions. */
import { defineDemo, type Correction } from '@/lab/demo';
import { charts, NAME } from './charts';
import { mostK, params, type Params } from './params';
import { presets } from './presets';

function kFits(given: Params): Correction | undefined {
  const most = mostK(given);
  if (given.k <= most) return undefined;
  const image = given.shape === '2d';
  return {
    param: 'k',
    value: most,
    allowed: {
      en: image
        ? `1 to ${most}: the window must fit into the image`
        : `1 to ${most}: the window holds at most all n samples`,
      zh: image ? `1 到 ${most}：窗口必须放得进图像` : `1 到 ${most}：窗口最多包含全部 n 个样本`,
    },
  };
}

function needsFile({ source, data }: Params): Correction | undefined {
  if (source !== 'file' || data !== null) return undefined;
  return {
    param: 'source',
    value: 'textbook',
    allowed: {
      en: 'textbook, random, walk, or file once “data” holds one',
      zh: 'textbook、random、walk，或在“data”中选好文件之后的 file',
    },
  };
}

export const demo = defineDemo<typeof params>({
  slug: 'sliding-window-max',
  version: 1,
  title: { en: 'Sliding-window maximum', zh: '滑动窗口最大值' },
  summary: {
    en: 'The largest of every k neighbours, for any k at the same price: the deque that a CPU likes, the blocks that a GPU likes.',
    zh: '求每 k 个相邻样本的最大值，代价与 k 无关：CPU 喜欢的单调队列，GPU 喜欢的分块。',
  },
  papers: [
    {
      title: 'A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels',
      authors: 'van Herk',
      year: 1992,
      url: 'https://doi.org/10.1016/0167-8655(92)90069-C',
    },
    {
      title: 'Computing 2-D min, median, and max filters',
      authors: 'Gil, Werman',
      year: 1993,
      url: 'https://doi.org/10.1109/34.211471',
    },
  ],
  params,
  // The textbook's example, pictures and files bring their own size.
  size: ({ source }) => (source === 'random' || source === 'walk' ? 'n' : undefined),
  rules: [needsFile, kFits],
  metrics: {
    samples: { label: { en: 'Samples', zh: '样本数' } },
    windows: { label: { en: 'Windows', zh: '窗口数' } },
    naive: { label: { en: 'Comparisons, each window by itself', zh: '逐窗扫描的比较次数' } },
    blocks: { label: { en: 'Comparisons, van Herk (at most)', zh: 'van Herk 的比较次数（上限）' } },
    workspace: { label: { en: 'Workspace of this kernel', zh: '当前内核的工作内存' }, unit: 'bytes' },
  },
  charts,
  presets,
  smoke: {
    params: {},
    metrics: { samples: [8, 8], windows: [6, 6], naive: [12, 12], blocks: [24, 24] },
    measurements: [NAME],
  },
});
