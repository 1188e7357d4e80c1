/**
 * Trip limits: every loop of a WGSL text counts its rounds and ends past a limit, so that an endless one ends too.
 *
 * A counter is a variable of the function that holds the loop, zeroed once: all rounds of an inner loop count together,
 * however often the outer one starts it, and nesting does not multiply the limit. It is no `var<private>`, which the
 * uniformity analysis takes to differ between invocations: a counter of the function is as uniform as the loop it is in,
 * so barriers inside uniform loops stay allowed. A loop that is stopped says so in `TRIPS[slot]`.
 */
import { closing, lineOf, tokens, type Token } from './tokens';

/** Of one call of a function: loops of real kernels make fewer rounds, and an endless one takes a fraction of a second. */
export const MOST_TRIPS = 1 << 20;
/** Where stopped loops say so: an `array<atomic<u32>>` that the pass binds. */
export const TRIPS = 'workbench_trips';
/**
 * The parameter that holds the limit, which is no constant: Mesa's compiler does not come back from a loop whose only way
 * out is a constant number of rounds past some thousands.
 */
export const MOST = 'workbench_most';

export interface Loop {
  readonly file: string;
  /** Of the file's own lines. */
  readonly line: number;
}

export interface Limited {
  readonly code: string;
  /** In the order of their slots, which start at `firstSlot`. */
  readonly loops: readonly Loop[];
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

export interface LimitOptions {
  readonly firstSlot?: number;
  /** Whether the pass binds `TRIPS`: an adapter may have no binding to spare. */
  readonly reports?: boolean;
  /**
   * Whether the rounds of helper functions are also counted over all calls, in a `var<private>`: else a loop that calls an
   * endless function multiplies their limits. The uniformity analysis refuses that where a barrier depends on a helper.
   */
  readonly totals?: boolean;
}

/** Nothing that is inserted breaks a line, so lines are the file's own. Broken code comes back with what could be done. */
export function limitLoops(file: string, code: string, options: LimitOptions = {}): Limited {
  const { firstSlot = 0, reports = true, totals = false } = options;
  const total = `${TRIPS}_total_${firstSlot}`;
  let declared = false;
  const list = tokens(code);
  const loops: Loop[] = [];
  const insertions: Insertion[] = [];
  for (let i = 0; i < list.length; i++) {
    if (!isWord(list[i], 'fn')) continue;
    const found = functionAt(list, i);
    if (!found) continue;
    const { open, close, result } = found;
    const helper = totals && !isEntry(list, i);
    const counters: string[] = [];
    for (let j = open + 1; j < close; j++) {
      const body = loopBody(list, j);
      if (body < 0) continue;
      const slot = firstSlot + loops.length;
      const counter = `${TRIPS}_${slot}`;
      loops.push({ file, line: lineOf(code, list[j]!.at) });
      counters.push(`var ${counter} = 0u;`);
      const report = reports ? ` atomicStore(&${TRIPS}[${slot}u], 1u);` : '';
      const over = `${counter} > params.${MOST}`;
      const counting = helper
        ? `${counter}++; ${total}++; if ${over} || ${total} > 4u * params.${MOST}`
        : `${counter}++; if ${over}`;
      insertions.push({ at: list[body]!.end, text: ` ${counting} {${report} break; }` });
    }
    if (counters.length > 0 && helper && !declared) {
      declared = true;
      insertions.push({ at: statementStart(list, i), text: ` var<private> ${total}: u32; ` });
    }
    if (counters.length > 0) {
      insertions.push({ at: list[open]!.end, text: ` ${counters.join(' ')}` });
      // A loop that only `return` left can now be left at its end, after which a value must follow.
      if (result !== undefined && !endsInReturn(list, open, close))
        insertions.push({ at: list[close]!.at, text: ` return ${code.slice(...result)}(); ` });
    }
    i = close;
  }
  let text = code;
  for (const { at, text: more } of insertions.sort((a, b) => b.at - a.at))
    text = text.slice(0, at) + more + text.slice(at);
  return { code: text, loops };
}

const isWord = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'word' && token.text === text;

/** Where what the token is part of begins, attributes and all: after the `;` or `}` before it. */
function statementStart(list: readonly Token[], at: number): number {
  const before = list.findLast(({ text }, i) => i < at && (text === ';' || text === '}'));
  return before?.end ?? 0;
}

const isEntry = (list: readonly Token[], at: number): boolean => {
  const start = statementStart(list, at);
  return list.some((token, i) => i < at && token.at >= start && isWord(token, 'compute'));
};

interface FunctionPlace {
  readonly open: number;
  readonly close: number;
  /** Where the text of its return type stands. */
  readonly result: [number, number] | undefined;
}

/** `fn name(…) -> @attribute type {…}` by the tokens of its braces. */
function functionAt(list: readonly Token[], at: number): FunctionPlace | undefined {
  const parameters = list.findIndex((token, i) => i > at && token.text === '(');
  const after = parameters < 0 ? -1 : closing(list, parameters);
  if (after < 0) return undefined;
  const open = list.findIndex((token, i) => i > after && token.text === '{');
  const close = open < 0 ? -1 : closing(list, open);
  if (close < 0) return undefined;
  if (list[after + 1]?.text !== '-') return { open, close, result: undefined };
  let type = after + 3;
  while (list[type]?.text === '@') {
    type += 2;
    if (list[type]?.text === '(') type = closing(list, type) + 1;
  }
  const first = list[type];
  const last = list[open - 1];
  return { open, close, result: first && last && [first.at, last.end] };
}

/** The brace that opens the body of the loop whose keyword is token `at`, or −1 where it is no loop. */
function loopBody(list: readonly Token[], at: number): number {
  const keyword = list[at];
  if (!isWord(keyword, 'for') && !isWord(keyword, 'while') && !isWord(keyword, 'loop')) return -1;
  // Conditions hold no braces, so the next one is the body's; a `;` before it means that something is missing.
  let i = at + 1;
  if (keyword?.text === 'for') i = list[i]?.text === '(' ? closing(list, i) + 1 : -1;
  if (i <= 0) return -1;
  for (; i < list.length; i++) {
    const { text } = list[i]!;
    if (text === '{') return i;
    if (text === ';' || text === '}') return -1;
  }
  return -1;
}

/** Whether the last statement of the block is a `return`. */
function endsInReturn(list: readonly Token[], open: number, close: number): boolean {
  if (list[close - 1]?.text !== ';') return false;
  for (let i = close - 2; i > open; i--) {
    const { text } = list[i]!;
    if (text === ';' || text === '{' || text === '}') return isWord(list[i + 1], 'return');
  }
  return isWord(list[open + 1], 'return');
}
