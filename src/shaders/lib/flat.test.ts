import { expect, test } from 'vitest';
import { LabError } from '@/lib/errors';
import { kernel as matmul } from '@/shaders/matmul/kernel';
import { given, givenLike } from './flat';

const f32 = (...shape: number[]) => ({ dtype: 'f32', shape }) as const;

function sentenceOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (error instanceof LabError) return error.sentence('zh');
    throw error;
  }
  throw new Error('nothing was thrown');
}

test('what a shape should be is said in the language of the reader', () => {
  const attrs = { alpha: 1, transA: false, transB: false, activation: 'none', accumulate: 'f32' } as const;
  expect(sentenceOf(() => matmul.infer({ a: f32(3, 4), b: f32(5, 6) }, attrs))).toBe(
    '输入“b”的形状是 [5, 6]；要求：[…, 4, N]，以配合 a [3, 4]',
  );
  expect(sentenceOf(() => given({ x: f32(2, 0) }, 'x'))).toBe(
    '输入“x”的形状是 [2, 0]；要求：不能有长度为 0 的轴',
  );
  expect(sentenceOf(() => givenLike({ m: f32(2) }, 'm', 'p', [3]))).toBe(
    '输入“m”的形状是 [2]；要求：[3]，与 p 相同',
  );
});
