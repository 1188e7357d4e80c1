/** FlashAttention: exact attention without the N×N matrix (Dao et al. 2022, Dao 2023), beside the naive kernels. */
import { defineDemo } from '@/lab/demo';
import { charts } from './charts';
import { params } from './params';
import { presets } from './presets';
import { rules } from './rules';

export const demo = defineDemo<typeof params>({
  slug: 'flash-attention',
  version: 1,
  title: { en: 'FlashAttention', zh: 'FlashAttention' },
  summary: {
    en: 'Exact attention without ever storing the N×N matrix: the tile walk, its memory traffic, and how far it reaches.',
    zh: '不存 N×N 矩阵也能精确计算注意力：逐块行走的过程、内存流量，以及它能走多远。',
  },
  papers: [
    {
      title: 'FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness',
      authors: 'Dao, Fu, Ermon, Rudra, Ré',
      year: 2022,
      url: 'https://arxiv.org/abs/2205.14135',
    },
    {
      title: 'FlashAttention-2: Faster Attention with Better Parallelism and Work Partitioning',
      authors: 'Dao',
      year: 2023,
      url: 'https://arxiv.org/abs/2307.08691',
    },
    {
      title: 'Online normalizer calculation for softmax',
      authors: 'Milakov, Gimelshein',
      year: 2018,
      url: 'https://arxiv.org/abs/1805.02867',
    },
    {
      title: 'Self-attention Does Not Need O(n²) Memory',
      authors: 'Rabe, Staats',
      year: 2021,
      url: 'https://arxiv.org/abs/2112.05682',
    },
  ],
  params,
  // A file brings its own sizes.
  size: ({ input, tensors }) => (input === 'file' && tensors !== null ? undefined : 'n'),
  rules,
  metrics: {
    flops: { label: { en: 'Arithmetic of one forward pass', zh: '一次前向的运算量' }, unit: 'FLOP' },
    seen: { label: { en: 'Pairs that may be seen', zh: '可见的查询–键对' }, unit: '%' },
    naiveBytes: { label: { en: 'Extra memory, naive', zh: '额外内存（朴素）' }, unit: 'bytes' },
    flashBytes: { label: { en: 'Extra memory, flash', zh: '额外内存（Flash）' }, unit: 'bytes' },
  },
  charts,
  presets,
  smoke: {
    params: { n: 128 },
    // 128² scores of 4 bytes; one lse of 4 bytes a row.
    metrics: { naiveBytes: [65536, 65536], flashBytes: [512, 512], seen: [100, 100] },
    measurements: ['attention.forward', 'attention.backward', 'attention.decode'],
  },
});
