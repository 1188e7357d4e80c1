/** Numbers out of text: pasted lists, CSV, TSV; one line of text is a row. */
import { LabError } from '@/lib/errors';

export interface Grid {
  readonly values: Float64Array<ArrayBuffer>;
  /** Numbers in each line that has any. */
  readonly widths: readonly number[];
}

const separator = /[\s,;|[\](){}]+/;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Commas, semicolons, tabs, blanks and brackets separate; a first line of words is a heading. */
export function parseNumbers(text: string, file: string, most: number): Grid {
  const values: number[] = [];
  const widths: number[] = [];
  // A minus sign as books print it is a minus sign.
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll('−', '-')
    .split(/\r\n|\r|\n/);
  let heading = true;
  for (const [i, line] of lines.entries()) {
    const words = line.split(separator).filter((word) => word !== '');
    if (words.length === 0) continue;
    const isNumber = (word: string): boolean => decimal.test(word.replace(/^"(.*)"$/, '$1'));
    if (heading && !words.some(isNumber)) {
      heading = false;
      continue;
    }
    heading = false;
    for (const word of words) {
      const value = isNumber(word) ? Number(word.replace(/^"(.*)"$/, '$1')) : NaN;
      if (!Number.isFinite(Math.fround(value))) {
        const shown = word.length > 20 ? `${word.slice(0, 20)}…` : word;
        throw bad(file, `line ${i + 1}: "${shown}" is not a number that f32 holds`);
      }
      values.push(value);
    }
    widths.push(words.length);
    if (values.length > most) throw bad(file, `more than ${most} numbers`);
  }
  if (values.length === 0) throw bad(file, 'there is no number in it');
  return { values: Float64Array.from(values), widths };
}

export const bad = (file: string, reason: string): LabError =>
  new LabError('file.format', { file, format: 'numbers', reason });
