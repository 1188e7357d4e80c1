/** Which setting is offered where one does not fit. */
import { expect, test } from 'vitest';
import { LabError } from '@/lib/errors';
import { halfOf, largestThatFits } from './fit';
import { defaultsOf, type Params } from './schema';
import { sampleDemo } from './testing';

const at = (patch: Params): Params => ({ ...defaultsOf(sampleDemo.params), ...patch });
/** Two buffers: n floats, and a matrix of n². */
const needs = ({ n }: Params): Promise<number[]> => Promise.resolve([4 * Number(n), 4 * Number(n) ** 2]);
const offered = (patch: Params, largest: number, total = Infinity, ask = needs) =>
  largestThatFits(sampleDemo, at(patch), ask, { largest, total });

test('the largest size that fits is offered, not merely a smaller one', async () => {
  // 4·1000² fits and 4·1001² does not; together with the floats one less.
  expect(await offered({ n: 4096 }, 4e6)).toEqual({ param: 'n', value: 1000 });
  expect(await offered({ n: 4096 }, Infinity, 4e6)).toEqual({ param: 'n', value: 999 });
});

test('it is smaller than what failed, whatever was predicted', async () => {
  expect(await offered({ n: 300 }, Infinity)).toEqual({ param: 'n', value: 299 });
});

test('rules between parameters hold at what is tried', async () => {
  const asked: Params[] = [];
  const ask = (params: Params): Promise<number[]> => {
    asked.push(params);
    return needs(params);
  };
  await offered({ n: 4096, heads: 6, 'kv-heads': 4 }, 4e6, Infinity, ask);
  expect(asked.every((params) => params['kv-heads'] === 1)).toBe(true);
});

test('nothing is offered where nothing fits, nothing can shrink, or no size can run', async () => {
  expect(await offered({ n: 4096 }, 3)).toBeUndefined();
  expect(await offered({ n: 1 }, Infinity)).toBeUndefined();
  expect(await offered({ 'input-file': { name: 'a', bytes: 1, sha256: '' } }, 4e6)).toBeUndefined();
  const refuse = (): Promise<number[]> =>
    Promise.reject(new LabError('variant.unsupported', { name: 'a', reason: { en: 'no', zh: '不' } }));
  expect(await offered({ n: 4096 }, 4e6, Infinity, refuse)).toBeUndefined();
});

test('half the size, for want of time', () => {
  expect(halfOf(sampleDemo, at({ n: 4095 }))).toEqual({ param: 'n', value: 2047 });
  expect(halfOf(sampleDemo, at({ n: 1 }))).toBeUndefined();
  expect(halfOf(sampleDemo, at({ 'input-file': { name: 'a', bytes: 1, sha256: '' } }))).toBeUndefined();
});
