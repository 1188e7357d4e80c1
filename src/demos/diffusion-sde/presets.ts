/** Settings worth trying. */
import type { PresetDecl } from '@/lab/demo';
import type { params } from './params';

export const presets: readonly PresetDecl<typeof params>[] = [
  {
    id: 'exploding',
    title: { en: 'Variance exploding', zh: '方差爆炸（VE）' },
    note: {
      en: 'Nothing shrinks the data: noise grows over them until they are a point in it.',
      zh: '数据不缩小，只有噪声不断变大，直到数据成为其中一点。',
    },
    params: { process: 've-geometric' },
  },
  {
    id: 'flow',
    title: { en: 'Rectified flow as an SDE', zh: '把整流流看作 SDE' },
    note: {
      en: 'Flow matching has a reverse SDE too: f = −x/(1 − t), g² = 2t/(1 − t).',
      zh: '流匹配同样有逆向 SDE：f = −x/(1 − t)，g² = 2t/(1 − t)。',
    },
    params: { process: 'flow' },
  },
  {
    id: 'few-steps',
    title: { en: 'Twelve steps are too few', zh: '只走 12 步' },
    note: {
      en: 'Euler–Maruyama leaves the marginals: the check fails, and says at which run.',
      zh: 'Euler–Maruyama 偏离边缘分布：校验不通过，并指出是哪种运行。',
    },
    params: { steps: 12 },
  },
  {
    id: 'posterior',
    title: { en: 'Twelve steps of the posterior', zh: '后验的 12 步' },
    note: {
      en: 'Ancestral steps take the noise out exactly where D is constant, so few of them err less.',
      zh: '在 D 不变之处，祖先采样的一步是精确的，步数少时误差也更小。',
    },
    params: { steps: 12, reverse: 'posterior', ode: 'heun' },
  },
  {
    id: 'checkerboard',
    title: { en: 'A checkerboard, 32,768 particles', zh: '棋盘，32,768 个粒子' },
    note: {
      en: 'Many particles leave their density: watch the corners go first.',
      zh: '大量粒子呈现出密度：棋盘的角最先消失。',
    },
    params: { data: 'checkerboard', particles: 32768 },
  },
];
