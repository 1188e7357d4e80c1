import { expect, test } from 'vitest';
import { Random } from '@/lib/random';
import { grammarCorpus, LEAST_CHARACTERS, MOST_BYTES, textCorpus } from './corpus';
import { GRAMMAR_CHARACTERS, grammarText } from './grammar';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a seed gives the same text, another one another; only known characters come', () => {
  const text = grammarText(5000, new Random(1));
  expect(text).toHaveLength(5000);
  expect(grammarText(5000, new Random(1))).toBe(text);
  expect(grammarText(5000, new Random(2))).not.toBe(text);
  expect([...new Set(text)].filter((c) => !GRAMMAR_CHARACTERS.includes(c))).toEqual([]);
});

test('sums are right and verbs agree', () => {
  const text = grammarText(20_000, new Random(3));
  const sums = [...text.matchAll(/(\d+) \+ (\d+) = (\d+)\./g)];
  expect(sums.length).toBeGreaterThan(20);
  for (const [, a, b, c] of sums) expect(Number(a) + Number(b)).toBe(Number(c));
  expect(text).not.toMatch(/(^|\. )the (cat|dog|bird|fox) (sleep|sing|see) /);
});

test('a target is the character after; steps differ, and nothing of them is held out', () => {
  const context = 32;
  const { x, targets } = grammarCorpus.training(4, context, 1, 0);
  expect([...targets.subarray(0, context - 1)]).toEqual([...x.subarray(1, context)]);
  expect(grammarCorpus.training(4, context, 1, 1).x).not.toEqual(x);
  expect(grammarCorpus.training(4, context, 1, 0).x).toEqual(x);
  expect(grammarCorpus.heldOut(4, context, 1).x).not.toEqual(x);
});

test('of a text of one’s own the last tenth is held out', () => {
  // Letters rise through the text, so that a window tells where it comes from.
  const text = Array.from({ length: 26 }, (_, i) => String.fromCharCode(97 + i).repeat(100)).join('');
  const corpus = textCorpus(encode(text), 'mine.txt');
  const seen = new Set<string>();
  for (let step = 0; step < 50; step++)
    for (const id of corpus.training(8, 16, 1, step).x) seen.add(corpus.vocabulary[id]!);
  const held = new Set([...corpus.heldOut(20, 16, 1).x].map((id) => corpus.vocabulary[id]!));
  expect(seen.has('z') || seen.has('y')).toBe(false);
  expect([...held].every((c) => c >= 'x')).toBe(true);
});

test('what cannot be learnt from is refused, with what is allowed', () => {
  expect(() => textCorpus(encode('a'), 'a.txt')).toThrow(
    /it has 1 character; allowed: 1000 characters to 50 MB/,
  );
  expect(() => textCorpus(encode('a'.repeat(LEAST_CHARACTERS)), 'a.txt')).toThrow(/the same/);
  expect(() => textCorpus(new Uint8Array(MOST_BYTES + 1), 'a.txt')).toThrow(/longer than 50 MB; allowed/);
  expect(() => textCorpus(Uint8Array.of(0xff, 0xfe, 0x00), 'a.bin')).toThrow(/UTF-8/);
});

test('of many different characters the rarest share one number', () => {
  const rare = Array.from({ length: 400 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('');
  const { vocabulary } = textCorpus(encode('ab'.repeat(600) + rare), 'a.txt');
  expect(vocabulary).toHaveLength(128);
  expect(vocabulary.at(-1)).toBe('�');
});
