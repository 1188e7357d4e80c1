/** WGSL as tokens (WGSL §3): enough to find functions, loops and blocks, whatever comments hold. */

export interface Token {
  readonly kind: 'word' | 'number' | 'mark';
  readonly text: string;
  /** Place of its first character, and of the one after its last. */
  readonly at: number;
  readonly end: number;
}

const WORD = /[\p{XID_Start}_][\p{XID_Continue}]*/uy;
const NUMBER = /(?:0[xX][\da-fA-F.]+(?:[pP][+-]?\d+)?|(?:\d[\d.]*|\.\d+)(?:[eE][+-]?\d+)?)[iufh]?/y;
const SPACE = /[\s\u200e\u200f\u0085\u2028\u2029]+/y;
const LINE_END = /[\n\v\f\r\u0085\u2028\u2029]/g;

/** Comments and blanks are left out; characters that are no WGSL at all are marks, which the compiler will name. */
export function tokens(code: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(code)?.[0];
  };
  while (at < code.length) {
    const blank = match(SPACE);
    if (blank !== undefined) at += blank.length;
    else if (code.startsWith('//', at)) at = lineEnd(code, at);
    else if (code.startsWith('/*', at)) at = blockEnd(code, at);
    else {
      const number = match(NUMBER);
      const word = number === undefined ? match(WORD) : undefined;
      const text = number ?? word ?? code.charAt(at);
      const kind = number !== undefined ? 'number' : word !== undefined ? 'word' : 'mark';
      found.push({ kind, text, at, end: at + text.length });
      at += text.length;
    }
  }
  return found;
}

function lineEnd(code: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.exec(code)?.index ?? code.length;
}

/** Block comments nest; one that is never closed reaches to the end. */
function blockEnd(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at < code.length; at++) {
    if (code.startsWith('/*', at)) {
      depth++;
      at++;
    } else if (code.startsWith('*/', at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  return code.length;
}

const closers: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };

/** Index of the token that closes the bracket at `open`, or −1 where none does. */
export function closing(list: readonly Token[], open: number): number {
  const opens = list[open]?.text ?? '';
  const closes = closers[opens];
  let depth = 0;
  for (let i = open; i < list.length; i++) {
    if (list[i]!.text === opens) depth++;
    else if (list[i]!.text === closes && --depth === 0) return i;
  }
  return -1;
}

/** The line that a place is on, counted from one. */
export function lineOf(code: string, at: number): number {
  let line = 1;
  for (let i = code.indexOf('\n'); i >= 0 && i < at; i = code.indexOf('\n', i + 1)) line++;
  return line;
}
