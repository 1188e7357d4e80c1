/** Diffusion as a stochastic differential equation: its reversal, its probability-flow ODE (Song et al. 2021). */
import { defineDemo } from '@/lab/demo';
import { charts, NAME } from './charts';
import { params } from './params';
import { presets } from './presets';

const runs = {
  Forward: { en: 'forward SDE', zh: '前向 SDE' },
  Reverse: { en: 'reverse SDE', zh: '逆向 SDE' },
  Ode: { en: 'ODE', zh: 'ODE' },
} as const;
const each = (prefix: string, en: string, zh: string) =>
  Object.fromEntries(
    Object.entries(runs).map(([name, run]) => [
      `${prefix}${name}`,
      { label: { en: `${en}, ${run.en}`, zh: `${zh}：${run.zh}` } },
    ]),
  );

export const demo = defineDemo<typeof params>({
  slug: 'diffusion-sde',
  version: 1,
  title: { en: 'Diffusion as an SDE', zh: '用 SDE 看扩散模型' },
  summary: {
    en: 'Data become noise by a stochastic differential equation; two others lead back. The reverse SDE and the probability-flow ODE have the same density at every moment, and only one of them the same paths.',
    zh: '随机微分方程把数据变成噪声，另有两条路返回：逆向 SDE 与概率流 ODE 在每一时刻的密度都相同，但只有前者的路径分布与原过程一致。',
  },
  papers: [
    {
      title: 'Score-Based Generative Modeling through Stochastic Differential Equations',
      authors: 'Song, Sohl-Dickstein, Kingma, Kumar, Ermon, Poole',
      year: 2021,
      url: 'https://arxiv.org/abs/2011.13456',
    },
    {
      title: 'Reverse-time diffusion equation models',
      authors: 'Anderson',
      year: 1982,
      url: 'https://doi.org/10.1016/0304-4149(82)90051-5',
    },
  ],
  params,
  size: () => 'particles',
  metrics: {
    nfeReverse: { label: { en: 'Evaluations (NFE), reverse SDE', zh: '求值次数（NFE）：逆向 SDE' } },
    nfeOde: { label: { en: 'Evaluations (NFE), ODE', zh: '求值次数（NFE）：ODE' } },
    ...each(
      'marginal',
      'Distance to the marginals over the limit of noise',
      '到边缘分布的距离与噪声上限之比',
    ),
    correlationExact: {
      label: { en: 'Correlation of data and noise, exact', zh: '数据与噪声的相关：精确值' },
    },
    ...each('correlation', 'Correlation of data and noise', '数据与噪声的相关'),
    ...each('jointGap', 'Largest error of a correlation', '相关的最大误差'),
    likelihoodError: {
      label: { en: 'Mean error of ln p over the plane, fixed steps', zh: '平面上 ln p 的平均误差：固定步长' },
      unit: 'nats',
    },
    likelihoodErrorAdaptive: {
      label: { en: 'Mean error of ln p over the plane, RK45', zh: '平面上 ln p 的平均误差：RK45' },
      unit: 'nats',
    },
    nfeAdaptive: {
      label: { en: 'Evaluations (NFE) for ln p, RK45', zh: '计算 ln p 的求值次数（NFE）：RK45' },
    },
    nfeSampler: {
      label: { en: 'Evaluations (NFE) for a sample, RK45', zh: '采样一点的求值次数（NFE）：RK45' },
    },
  },
  charts,
  presets,
  smoke: {
    params: { particles: 512, steps: 100 },
    metrics: { nfeReverse: [100, 100], marginalReverse: [0, 1], marginalOde: [0, 1] },
    measurements: [NAME],
  },
});
