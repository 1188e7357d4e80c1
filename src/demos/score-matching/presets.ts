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
    id: 'short',
    title: { en: 'A ladder that starts too low', zh: '起点太低的阶梯' },
    note: {
      en: 'From σ₁ = 0.15 the modes are apart from the first level on, so annealing repairs nothing.',
      zh: '从 σ₁ = 0.15 起，模态从第一级就已分开，退火于事无补。',
    },
    params: { data: 'pair', 'sigma-max': 0.15, levels: 5, 'steps-per-level': 200 },
  },
];
