/** Settings worth trying. */
import type { PresetDecl } from '@/lab/demo';
import type { params } from './params';

export const presets: readonly PresetDecl<typeof params>[] = [
  {
    id: 'ncsn',
    title: { en: 'NCSN’s own ladder', zh: 'NCSN 自己的阶梯' },
    note: {
      en: 'Ten levels from 1 to 0.01, a hundred steps on each, steps from 0.2 down to 2·10⁻⁵.',
      zh: '从 1 到 0.01 共十级，每级一百步，步长从 0.2 降到 2·10⁻⁵。',
    },
    params: { levels: 10, 'sigma-max': 1, 'sigma-min': 0.01, 'steps-per-level': 100, epsilon: 2e-5 },
  },
  {
    id: 'pair',
    title: { en: 'Two modes, 4 to 1', zh: '两个模态，4 比 1' },
    note: {
      en: 'The toy of Song & Ermon: plain Langevin finds both modes, and gives each half of the mass.',
      zh: 'Song 与 Ermon 的例子：普通 Langevin 两个模态都能找到，却各分一半质量。',
    },
    params: { data: 'pair', score: 'exact' },
  },
  {
    id: 'learned',
    title: { en: 'Follow the learned score', zh: '沿着学到的得分走' },
    note: {
      en: 'Between the modes the network saw no data, and plain Langevin starts there. Annealed chains never ask it there.',
      zh: '模态之间没有数据可供网络学习，而普通 Langevin 偏偏从那里出发。退火的链不会在那里求助于它。',
    },
    params: { score: 'learned', particles: 2048 },
  },
  {
    id: 'sliced',
    title: { en: 'Sliced score matching', zh: '切片得分匹配' },
    note: {
      en: 'No noise is subtracted anywhere: the loss is about the field’s own divergence, along one random direction a point.',
      zh: '不需要知道噪声：损失只涉及场自身的散度，每个点取一个随机方向。',
    },
    params: { objective: 'sliced' },
  },
  {
    id: 'short',
    title: { en: 'A ladder that starts too low', zh: '起点太低的阶梯' },
    note: {
      en: 'From σ₁ = 0.15 the modes are apart from the first level on, so annealing repairs nothing.',
      zh: '从 σ₁ = 0.15 起，模态从第一级就已分开，退火于事无补。',
    },
    params: { data: 'pair', 'sigma-max': 0.15, levels: 5, 'steps-per-level': 200 },
  },
  {
    id: 'ncsnv2',
    title: { en: 'Many levels, few steps', zh: '级数多，每级步数少' },
    note: {
      en: 'As NCSNv2 does it: neighbouring levels overlap, five steps on each are enough, and the last removes the noise left over.',
      zh: 'NCSNv2 的做法：相邻两级彼此重叠，每级五步就够，最后一步去掉剩余的噪声。',
    },
    params: { levels: 200, 'sigma-max': 2, 'steps-per-level': 5, epsilon: 2e-5, denoise: true },
  },
];
