/**
 * English-looking text without end from a small grammar: nouns and verbs agree in number across nested relative
 * clauses, and sums are right. So there is something to learn at every distance, and the same seed gives the same text.
 */
import type { Random } from '@/lib/random';

/** Singular and plural. */
type Pair = readonly [string, string];

const nouns: readonly Pair[] = [
  ['cat', 'cats'],
  ['dog', 'dogs'],
  ['bird', 'birds'],
  ['fox', 'foxes'],
  ['child', 'children'],
  ['king', 'kings'],
  ['old man', 'old men'],
  ['robot', 'robots'],
];
const actions: readonly Pair[] = [
  ['sees', 'see'],
  ['likes', 'like'],
  ['follows', 'follow'],
  ['hears', 'hear'],
  ['paints', 'paint'],
];
const states: readonly Pair[] = [
  ['sleeps', 'sleep'],
  ['sings', 'sing'],
  ['runs away', 'run away'],
  ['is tired', 'are tired'],
];
const times = ['today', 'at night', 'in the garden', 'now and then', 'every morning'];

/** A noun phrase and its number, 0 or 1. */
function phrase(random: Random, depth: number): readonly [string, 0 | 1] {
  const number = random.int(0, 1) as 0 | 1;
  const article = number === 0 ? random.pick(['the', 'a', 'one']) : random.pick(['the', 'two', 'many']);
  const head = `${article} ${random.pick(nouns)[number]}`;
  if (depth > 1 || random.uniform() > 0.35) return [head, number];
  const action = random.pick(actions);
  const [other, theirs] = phrase(random, depth + 1);
  const clause =
    random.uniform() < 0.5 ? `that ${action[number]} ${other}` : `that ${other} ${action[theirs]}`;
  return [`${head} ${clause}`, number];
}

function sentence(random: Random): string {
  if (random.uniform() < 0.2) {
    const [a, b] = [random.int(0, 9), random.int(0, 9)];
    return `${a} + ${b} = ${a + b}.`;
  }
  const [subject, number] = phrase(random, 0);
  const verb =
    random.uniform() < 0.4
      ? random.pick(states)[number]
      : `${random.pick(actions)[number]} ${phrase(random, 1)[0]}`;
  const when = random.uniform() < 0.3 ? ` ${random.pick(times)}` : '';
  return `${subject} ${verb}${when}.`;
}

/** At least `length` characters, cut there. */
export function grammarText(length: number, random: Random): string {
  const parts: string[] = [];
  for (let size = 0; size < length;) {
    const next = `${sentence(random)} `;
    parts.push(next);
    size += next.length;
  }
  return parts.join('').slice(0, length);
}

/** Every character that the grammar can write. */
export const GRAMMAR_CHARACTERS = [
  ...new Set(
    [
      ...[...nouns, ...actions, ...states].flat(),
      ...times,
      ...['the', 'a', 'one', 'two', 'many', 'that', '0123456789+=. '],
    ].join(''),
  ),
].sort();
