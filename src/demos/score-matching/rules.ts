/** What must hold between parameters, and which one gives way. */
import type { Correction } from '@/lab/demo';
import type { Params } from './params';

type Rule = (params: Params) => Correction | undefined;

const order: Rule = (params) => {
  const [low, high] = [params['sigma-min'], params['sigma-max']];
  if (low < high || (params.levels === 1 && low === high)) return undefined;
  return {
    param: 'sigma-min',
    value: Math.max(0.001, high / 100),
    allowed: { en: `below sigma-max = ${high}`, zh: `小于 sigma-max = ${high}` },
  };
};

/** Where α reaches 2σ², a step throws a point further out than it was. */
const stable: Rule = (params) => {
  const most = params['sigma-min'] ** 2;
  if (params.epsilon <= most * (1 + 1e-9)) return undefined;
  return {
    param: 'epsilon',
    value: most,
    allowed: {
      en: `up to sigma-min² = ${most.toPrecision(3)}: a step α_i may be no larger than σ_i²`,
      zh: `不超过 sigma-min² = ${most.toPrecision(3)}：步长 α_i 不得大于 σ_i²`,
    },
  };
};

export const rules: readonly Rule[] = [order, stable];
