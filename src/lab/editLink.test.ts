/** Edited texts travel whole or as differences; what no link of ours holds is nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeEdits, encodeEdits } from './editLink';

/** Text that does not deflate: whole, it is too long for a link. */
const noise = (lines: number, from = 1): string => {
  let x = from;
  const line = (): string => {
    let out = '';
    for (let i = 0; i < 12; i++) {
      x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
      out += x.toString(36);
    }
    return out;
  };
  return Array.from({ length: lines }, line).join('\n');
};

test('a short text travels whole and needs no shipped one', async () => {
  const edits = { 'a.wgsl': 'fn main() {}\n// 中文' };
  const link = (await encodeEdits(edits, { 'a.wgsl': 'fn main() { }' }))!;
  expect(link).toMatch(/^[\w-]+$/);
  expect(await decodeEdits(link, {})).toEqual(edits);
});

test('of a long text the difference travels, and applies to that text alone', async () => {
  const shipped = { 'a.wgsl': noise(200) };
  const lines = shipped['a.wgsl'].split('\n');
  lines.splice(150, 2, 'new', 'lines', 'here');
  lines.splice(20, 1);
  lines.push('at the end');
  const edits = { 'a.wgsl': lines.join('\n') };
  const link = (await encodeEdits(edits, shipped))!;
  expect(link.length).toBeLessThan(300);
  expect(await decodeEdits(link, shipped)).toEqual(edits);
  expect(await decodeEdits(link, { 'a.wgsl': `${shipped['a.wgsl']} ` })).toBeUndefined();
  expect(await decodeEdits(link, {})).toBeUndefined();
});

test('what is too long as a difference too does not travel', async () => {
  expect(await encodeEdits({ a: noise(100, 2) }, { a: noise(100) })).toBeUndefined();
});

test('any difference is undone', async () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((l) => l.join('\n'));
  const far = noise(60, 3);
  await fc.assert(
    fc.asyncProperty(text, text, async (before, after) => {
      const shipped = { f: `${before}\n${far}` };
      const edits = { f: `${after}\n${far}` };
      expect(await decodeEdits((await encodeEdits(edits, shipped))!, shipped)).toEqual(edits);
    }),
    { numRuns: 40 },
  );
});

test('any other link is nothing', async () => {
  const bad = [[1], null, { a: 1 }, { a: { of: 0, steps: [] } }, 'x', { a: null }];
  for (const each of bad) {
    const link = await encodeEdits(each as never, {}).catch(() => '');
    expect(await decodeEdits(link ?? '', { a: 'x' })).toBeUndefined();
  }
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 200 }), async (link) => {
      expect(await decodeEdits(link, {})).toBeUndefined();
    }),
  );
});
