/** Multiplication in half precision: what the storage costs, what the way to sum costs (Higham 2002; Micikevicius et al. 2018). */
import { defineDemo } from '@/lab/demo';
import { charts, NAME } from './charts';
import { params } from './params';
import { presets } from './presets';
import { rules } from './rules';

export const demo = defineDemo<typeof params>({
  slug: 'fp16-matmul',
  version: 1,
  title: { en: 'FP16 matrix multiplication', zh: 'FP16 矩阵乘法' },
  summary: {
    en: 'Half the bytes are cheap; half a sum is not: the same product summed in f32, in chunks and in f16, held against float64.',
    zh: '字节减半很划算，累加减半则不然：同一个乘积分别以 f32、分块和 f16 累加，与 float64 逐一对照。',
  },
  papers: [
    {
      title: 'Mixed Precision Training',
      authors: 'Micikevicius, Narang, Alben, Diamos, Elsen, Garcia, Ginsburg, Houston, et al.',
      year: 2018,
      url: 'https://arxiv.org/abs/1710.03740',
    },
    {
      title: 'Accuracy and Stability of Numerical Algorithms',
      authors: 'Higham',
      year: 2002,
      url: 'https://doi.org/10.1137/1.9780898718027',
    },
    {
      title: 'A New Approach to Probabilistic Rounding Error Analysis',
      authors: 'Higham, Mary',
      year: 2019,
      url: 'https://doi.org/10.1137/18M1226312',
    },
    {
      title: 'Mixed Precision Block Fused Multiply-Add: Error Analysis and Application to GPU Tensor Cores',
      authors: 'Blanchard, Higham, Lopez, Mary, Pranesh',
      year: 2020,
      url: 'https://doi.org/10.1137/19M1289546',
    },
  ],
  params,
  // A file brings its own sizes.
  size: ({ m, n, k, tensors }) =>
    tensors !== null ? undefined : m >= n && m >= k ? 'm' : n >= k ? 'n' : 'k',
  rules,
  metrics: {
    relError: { label: { en: 'Error against float64, relative', zh: '相对 float64 的误差' } },
    maxUlp: { label: { en: 'Largest error of an element', zh: '单个元素的最大误差' }, unit: 'ulp' },
    meanUlp: { label: { en: 'Mean error of an element', zh: '单个元素的平均误差' }, unit: 'ulp' },
    lostAdds: { label: { en: 'Additions that an f16 sum loses', zh: 'f16 累加会丢失的加法' }, unit: '%' },
    condition: { label: { en: 'Cancellation ‖|A||B|‖ / ‖AB‖', zh: '相消程度 ‖|A||B|‖ / ‖AB‖' } },
    overflowed: { label: { en: 'Elements that overflowed', zh: '溢出的元素' } },
  },
  charts,
  presets,
  smoke: {
    params: { m: 64, n: 64, k: 128, accumulate: 'f16' },
    // 128 roundings of a growing sum: u·√128/2 is 2.8e-3; storage alone would be 2e-4.
    metrics: { relError: [1e-3, 6e-3], overflowed: [0, 0], lostAdds: [0, 5], condition: [5, 10] },
    measurements: [NAME],
  },
});
