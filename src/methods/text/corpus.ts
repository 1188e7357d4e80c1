/** Text as numbers: a vocabulary of characters, and windows to train on and to hold out, from a grammar or a file. */
import { LabError } from '@/lib/errors';
import { Random } from '@/lib/random';
import { GRAMMAR_CHARACTERS, grammarText } from './grammar';

/** Windows of `context` characters, one after another, and the character that follows each. */
export interface Windows {
  readonly x: Int32Array<ArrayBuffer>;
  readonly targets: Int32Array<ArrayBuffer>;
}

export interface Corpus {
  /** By id; the last of a long text's is what stands for all rare ones. */
  readonly vocabulary: readonly string[];
  /** For step `step` of the seed: depends on nothing else. */
  training(rows: number, context: number, seed: number, step: number): Windows;
  /** Text that never appears in training. */
  heldOut(rows: number, context: number, seed: number): Windows;
}

/** Of a text of the reader's own: the first for a few windows, the last because it has to be decoded at once. */
export const LEAST_CHARACTERS = 1000;
export const MOST_BYTES = 50e6;
const MOST_VOCABULARY = 128;
const RARE = '�';

/** Philox streams: training takes the even ones above, the held-out text this one. */
const HELD_OUT = 1;
const streamOf = (step: number): number => 2 * step + 16;

export const grammarCorpus: Corpus = {
  vocabulary: GRAMMAR_CHARACTERS,
  training: (rows, context, seed, step) => generated(rows, context, new Random(seed, streamOf(step))),
  heldOut: (rows, context, seed) => generated(rows, context, new Random(seed, HELD_OUT)),
};

const grammarId = new Map(GRAMMAR_CHARACTERS.map((c, i) => [c, i]));

function generated(rows: number, context: number, random: Random): Windows {
  const parts = Array.from({ length: rows }, () => {
    // A window starts anywhere in a text, not only where a sentence does.
    const skip = random.int(0, 40);
    return grammarText(skip + context + 1, random).slice(skip);
  });
  const ids = Uint8Array.from(parts.join(''), (c) => grammarId.get(c) ?? 0);
  return cut(ids, rows, context, (row) => row * (context + 1));
}

/** The last tenth of the text is held out. Throws `file.format` for what cannot be learnt from. */
export function textCorpus(bytes: Uint8Array, file: string): Corpus {
  if (bytes.length > MOST_BYTES) throw refused(file, tooLong);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).normalize('NFC');
  } catch {
    throw refused(file, { en: 'it is not UTF-8 text', zh: '不是 UTF-8 文本' });
  }
  const counts = new Map<string, number>();
  let length = 0;
  for (const c of text) {
    counts.set(c, (counts.get(c) ?? 0) + 1);
    length += 1;
  }
  if (length < LEAST_CHARACTERS) throw refused(file, tooShort(length));
  if (counts.size < 2) throw refused(file, { en: 'all characters are the same', zh: '所有字符都相同' });
  const common = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([c]) => c);
  const vocabulary =
    common.length <= MOST_VOCABULARY ? common : [...common.slice(0, MOST_VOCABULARY - 1), RARE];
  const idOf = new Map(vocabulary.map((c, i) => [c, i]));
  const ids = new Uint8Array(length);
  let at = 0;
  for (const c of text) ids[at++] = idOf.get(c) ?? vocabulary.length - 1;
  const split = Math.floor(length * 0.9);
  const drawn = (part: Uint8Array, rows: number, context: number, random: Random): Windows =>
    cut(part, rows, context, () => random.int(0, part.length - context - 1));
  return {
    vocabulary,
    training: (rows, context, seed, step) =>
      drawn(ids.subarray(0, split), rows, context, new Random(seed, streamOf(step))),
    heldOut: (rows, context, seed) => drawn(ids.subarray(split), rows, context, new Random(seed, HELD_OUT)),
  };
}

function cut(ids: Uint8Array, rows: number, context: number, start: (row: number) => number): Windows {
  const x = new Int32Array(rows * context);
  const targets = new Int32Array(rows * context);
  for (let row = 0; row < rows; row++) {
    const from = start(row);
    x.set(ids.subarray(from, from + context), row * context);
    targets.set(ids.subarray(from + 1, from + 1 + context), row * context);
  }
  return { x, targets };
}

const refused = (file: string, reason: { en: string; zh: string }): LabError =>
  new LabError('file.format', { file, format: 'text', reason });
const tooLong = {
  en: `it is longer than ${MOST_BYTES / 1e6} MB; allowed: ${LEAST_CHARACTERS} characters to ${MOST_BYTES / 1e6} MB`,
  zh: `超过 ${MOST_BYTES / 1e6} MB；允许 ${LEAST_CHARACTERS} 个字符到 ${MOST_BYTES / 1e6} MB`,
};
const tooShort = (length: number) => ({
  en: `it has ${length} ${length === 1 ? 'character' : 'characters'}; allowed: ${LEAST_CHARACTERS} characters to ${MOST_BYTES / 1e6} MB`,
  zh: `只有 ${length} 个字符；允许 ${LEAST_CHARACTERS} 个字符到 ${MOST_BYTES / 1e6} MB`,
});
