/** What must hold between parameters, and which one gives way. */
import type { Correction } from '@/lab/demo';
import { processesOf } from '@/methods/diffusion/names';
import type { Params } from './params';

type Rule = (params: Params) => Correction | undefined;

const pair: Rule = ({ sampler, process }) => {
  const allowed = processesOf(sampler);
  if (!allowed || allowed.includes(process)) return undefined;
  return {
    param: 'sampler',
    value: 'heun',
    allowed: {
      en: `a sampler that goes with process ${process}: ${sampler} goes with ${allowed.join(' and ')}`,
      zh: `与过程 ${process} 相配的采样器：${sampler} 只用于 ${allowed.join(' 和 ')}`,
    },
  };
};

const order: Rule = (params) => {
  const [low, high] = [params['sigma-min'], params['sigma-max']];
  if (low < high) return undefined;
  return {
    param: 'sigma-min',
    value: high / 1000,
    allowed: { en: `below sigma-max = ${high}`, zh: `小于 sigma-max = ${high}` },
  };
};

const bounded: Rule = (params) => {
  const moved = (['sigma-min', 'sigma-max'] as const).some((name) => params[name] !== defaults[name]);
  if (params.bounds === 'custom' || !moved) return undefined;
  return {
    param: 'bounds',
    value: 'custom',
    allowed: {
      en: 'custom where sigma-min or sigma-max is set',
      zh: '设置 sigma-min 或 sigma-max 时须为 custom',
    },
  };
};
const defaults = { 'sigma-min': 0.002, 'sigma-max': 80 };

const window: Rule = (params) =>
  params['churn-min'] < params['churn-max']
    ? undefined
    : {
        param: 'churn-min',
        value: 0,
        allowed: {
          en: `below churn-max = ${params['churn-max']}`,
          zh: `小于 churn-max = ${params['churn-max']}`,
        },
      };

/** γ = S_churn/N is clamped at √2 − 1, where the variance doubles within a step: more churn would do nothing. */
const clamp: Rule = ({ churn, steps, sampler }) => {
  const limit = (Math.SQRT2 - 1) * steps;
  if (sampler !== 'edm-stochastic' || churn <= limit) return undefined;
  const most = Math.floor(100 * limit) / 100;
  return {
    param: 'churn',
    value: most,
    allowed: {
      en: `up to ${most} with ${steps} steps: γ = churn/N is clamped at √2 − 1`,
      zh: `${steps} 步时不超过 ${most}：γ = churn/N 的上限是 √2 − 1`,
    },
  };
};

export const rules: readonly Rule[] = [pair, order, bounded, window, clamp];
