/** Settings worth trying. */
import type { PresetDecl } from '@/lab/demo';
import type { params } from './params';

export const presets: readonly PresetDecl<typeof params>[] = [
  {
    id: 'heun',
    title: { en: 'EDM’s sampler, 35 evaluations', zh: 'EDM 的采样器，35 次求值' },
    note: {
      en: 'Heun on EDM’s levels: 18 steps are enough for the spiral.',
      zh: 'Heun 配合 EDM 的水平安排：18 步就足以画出螺旋。',
    },
    params: { process: 'edm', sampler: 'heun', steps: 18 },
  },
  {
    id: 'euler',
    title: { en: 'Euler on VP, the same cost', zh: 'VP 上的 Euler，成本相同' },
    note: {
      en: '35 evaluations as well, but of order 1 along curved paths: the thin arms blur.',
      zh: '同样 35 次求值，但沿弯曲路径只有一阶精度：细臂变糊。',
    },
    params: { process: 'vp', sampler: 'euler', steps: 35 },
  },
  {
    id: 'flow',
    title: { en: 'Flow matching', zh: '流匹配' },
    note: {
      en: 'The straight-line process, from t = 1 to 0 evenly.',
      zh: '直线过程，t 从 1 到 0 等距。',
    },
    params: { process: 'flow', sampler: 'heun', steps: 18 },
  },
  {
    id: 'ancestral',
    title: { en: 'DDPM, all 1000 steps', zh: 'DDPM，完整 1000 步' },
    note: {
      en: 'Ancestral sampling: noise is drawn anew at every step.',
      zh: '祖先采样：每一步都重新加入噪声。',
    },
    params: { process: 'ddpm', sampler: 'ddpm', steps: 1000 },
  },
  {
    id: 'error',
    title: { en: 'A network that errs', zh: '有误差的网络' },
    note: {
      en: 'An error of 0.1 in F, under VP’s preconditioning: at σ = 80 it is eight in D, and the paths shake. Then take EDM’s.',
      zh: 'F 有 0.1 的误差，采用 VP 的预条件：在 σ = 80 处，D 的误差就是 8，路径随之抖动。再换成 EDM 的看看。',
    },
    params: { process: 'edm', sampler: 'heun', steps: 18, preconditioning: 'vp', 'network-error': 0.1 },
  },
  {
    id: 'coarse',
    title: { en: 'Five steps', zh: '只走五步' },
    note: {
      en: 'Where few steps go wrong: compare DPM-Solver++(2M) and Euler here.',
      zh: '步数太少会错在哪里：在这里比较 DPM-Solver++(2M) 与 Euler。',
    },
    params: { process: 'edm', sampler: 'dpmpp-2m', steps: 5 },
  },
];
