/** The words of a command line: options `--name value` or `--name=value`, everything else in order. */
import { LabError } from '@/lib/errors';

export const usage = (what: string): LabError => new LabError('usage', { what });

/** `flag` takes no value; `toggle` may do without one. */
export type OptionKind = 'flag' | 'value' | 'toggle';

export interface Words {
  readonly positionals: readonly string[];
  readonly options: ReadonlyMap<string, string>;
}

/** `unknown` gives the error for a name that `kindOf` does not know. */
export function parseWords(
  argv: readonly string[],
  kindOf: (name: string) => OptionKind | undefined,
  unknown: (name: string) => LabError,
): Words {
  const positionals: string[] = [];
  const options = new Map<string, string>();
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (!isOptionWord(word)) {
      positionals.push(word);
      continue;
    }
    const [name, given] = splitOption(word);
    const kind = kindOf(name);
    if (!kind) throw unknown(name);
    if (options.has(name)) throw usage(`--${name} is given twice; give it once`);
    const next = argv[i + 1];
    const free = next !== undefined && !isOptionWord(next);
    if (kind === 'flag') {
      if (given !== undefined) throw usage(`--${name} takes no value, it was given "${given}"`);
      options.set(name, '1');
    } else if (given !== undefined) options.set(name, given);
    else if (free) options.set(name, argv[++i]!);
    else if (kind === 'toggle') options.set(name, '1');
    else throw usage(`--${name} needs a value`);
  }
  return { positionals, options };
}

/** A command with fixed options and at most `most` words beside them. */
export function parseFixed(
  command: string,
  argv: readonly string[],
  kinds: Readonly<Record<string, OptionKind>>,
  most: number,
): Words {
  const allowed = Object.keys(kinds).map((name) => `--${name}`);
  const words = parseWords(
    argv,
    (name) => (Object.hasOwn(kinds, name) ? kinds[name] : undefined),
    (name) => usage(`lab ${command} has no option --${name}; allowed: ${allowed.join(', ')}`),
  );
  const extra = words.positionals[most];
  if (extra !== undefined) throw usage(`lab ${command} does not know what to do with "${extra}"`);
  return words;
}

/** A whole number of an option, or `fallback` where it was not given. */
export function wholeNumber(words: Words, name: string, fallback: number, min: number, max: number): number {
  const text = words.options.get(name);
  if (text === undefined) return fallback;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (!(value >= min && value <= max)) {
    throw usage(`--${name} is "${text}"; allowed: a whole number from ${min} to ${max}`);
  }
  return value;
}

/** Negative numbers are values: an option has two dashes, and `-h` is the one short name. */
export const isOptionWord = (word: string): boolean => word.startsWith('--') || word === '-h';

function splitOption(word: string): [name: string, given: string | undefined] {
  if (word === '-h') return ['help', undefined];
  const at = word.indexOf('=');
  return at < 0 ? [word.slice(2), undefined] : [word.slice(2, at), word.slice(at + 1)];
}
