/** What must hold between parameters, and which one gives way. */
import type { Correction } from '@/lab/demo';
import type { FileRef } from '@/lab/schema';

interface Given {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly storage: string;
  readonly accumulate: string;
  readonly tensors: FileRef | null;
}
type Rule = (params: Given) => Correction | undefined;

/** Most elements of one matrix: what a page draws in a few seconds and most adapters can bind. */
export const MOST_ELEMENTS = 2 ** 24;

const halfSumsNeedHalves: Rule = ({ storage, accumulate }) =>
  storage === 'f16' || accumulate === 'f32'
    ? undefined
    : {
        param: 'accumulate',
        value: 'f32',
        allowed: {
          en: 'f32, or storage f16: sums in f16 are of halves',
          zh: 'f32；或把 storage 设为 f16：f16 累加的对象是半精度数',
        },
      };

const fits =
  (param: 'n' | 'k', one: 'm' | 'n' | 'k', other: 'm' | 'n' | 'k'): Rule =>
  (given) => {
    const side = one === param ? other : one;
    const most = Math.max(1, Math.floor(MOST_ELEMENTS / given[side]));
    if (given.tensors !== null || given[param] <= most) return undefined;
    return {
      param,
      value: most,
      allowed: {
        en: `up to ${most} with ${side} = ${given[side]}: a matrix holds 2²⁴ elements at most`,
        zh: `${side} = ${given[side]} 时不超过 ${most}：一个矩阵最多 2²⁴ 个元素`,
      },
    };
  };

export const rules: readonly Rule[] = [
  halfSumsNeedHalves,
  fits('n', 'm', 'n'),
  fits('k', 'm', 'k'),
  fits('k', 'n', 'k'),
];
