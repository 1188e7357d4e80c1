import { expect, test } from 'vitest';
import { classNames } from './imagenet';

test('a thousand different names, no one twice', () => {
  expect(classNames).toHaveLength(1000);
  expect(new Set(classNames).size).toBe(1000);
  for (const name of classNames) expect(name).toMatch(/^\S(.*\S)?$/);
});

test.each([
  [0, 'tench'],
  [134, 'crane bird'],
  [207, 'golden retriever'],
  [281, 'tabby'],
  [517, 'crane'],
  [817, 'sports car'],
  [954, 'banana'],
  [999, 'toilet tissue'],
])('%i is %s', (index, name) => {
  expect(classNames[index]).toBe(name);
});
