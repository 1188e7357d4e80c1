/** What must hold between parameters, and which one gives way. */
import type { Correction } from '@/lab/demo';
import type { FileRef } from '@/lab/schema';

interface Sizes {
  readonly n: number;
  readonly heads: number;
  readonly 'kv-heads': number;
  readonly 'head-dim': number;
  readonly batch: number;
  readonly input: string;
  readonly tensors: FileRef | null;
}
type Rule = (params: Sizes) => Correction | undefined;

/** Most elements of q: what a page can draw in a few seconds and most adapters can bind. */
export const MOST_ELEMENTS = 2 ** 26;

const divides: Rule = ({ heads, 'kv-heads': asked }) => {
  if (asked === 0 || heads % asked === 0) return undefined;
  let value = Math.min(asked, heads);
  while (heads % value !== 0) value--;
  const divisors = Array.from({ length: heads }, (_, i) => i + 1).filter((d) => heads % d === 0);
  return {
    param: 'kv-heads',
    value,
    allowed: {
      en: `a divisor of heads = ${heads}: ${divisors.join(', ')}, or 0 for as many`,
      zh: `heads = ${heads} 的约数：${divisors.join('、')}，或取 0 表示相同`,
    },
  };
};

const multipleOfFour: Rule = ({ 'head-dim': asked }) =>
  asked % 4 === 0
    ? undefined
    : {
        param: 'head-dim',
        value: Math.min(256, Math.max(16, Math.round(asked / 4) * 4)),
        allowed: { en: 'a multiple of 4 from 16 to 256', zh: '16 到 256 之间 4 的倍数' },
      };

const fits: Rule = ({ n, heads, 'head-dim': dim, batch }) => {
  const most = Math.max(16, Math.floor(MOST_ELEMENTS / (batch * heads * dim)));
  if (n <= most) return undefined;
  const product = `${batch} · ${heads} · n · ${dim}`;
  return {
    param: 'n',
    value: most,
    allowed: {
      en: `up to ${most} here: batch · heads · n · head-dim = ${product} may be 2²⁶ at most`,
      zh: `此处不超过 ${most}：batch · heads · n · head-dim = ${product} 最大为 2²⁶`,
    },
  };
};

const needsFile: Rule = ({ input, tensors }) =>
  input === 'file' && tensors === null
    ? {
        param: 'input',
        value: 'random',
        allowed: {
          en: 'random, image, or file together with a safetensors file in "tensors"',
          zh: 'random、image，或在“tensors”中选好 safetensors 文件之后的 file',
        },
      }
    : undefined;

export const rules: readonly Rule[] = [divides, multipleOfFour, fits, needsFile];
