/**
 * Edited texts inside a link: whole where they fit, else as what differs from the shipped text, line by line. The hash of
 * the shipped text says whether a difference still applies.
 */
import { decodeBytes, encodePayload } from './payload';

export type Texts = Readonly<Record<string, string>>;

/** Of one file: its whole text, or steps over the shipped lines: keep so many, leave out so many (negative), or put these. */
type Packed = string | { readonly of: number; readonly steps: readonly (number | string)[] };

/** No text of a kernel is larger; a link that claims more is no link of ours. */
const MOST_TEXT = 2 ** 18;

/** Nothing where even the differences are too long for a link. */
export async function encodeEdits(edits: Texts, shipped: Texts): Promise<string | undefined> {
  const whole = await pack(edits);
  if (whole !== undefined) return whole;
  const differences = Object.entries(edits).map(([file, text]): [string, Packed] => {
    const before = shipped[file];
    return [file, before === undefined ? text : { of: hashOf(before), steps: difference(before, text) }];
  });
  return pack(Object.fromEntries(differences));
}

/** The texts, or nothing: a stranger wrote the link, or the shipped text has changed since. */
export async function decodeEdits(link: string, shipped: Texts): Promise<Texts | undefined> {
  const bytes = await decodeBytes(link, MOST_TEXT);
  if (!bytes) return undefined;
  try {
    const read: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return undefined;
    const texts: Record<string, string> = {};
    for (const [file, packed] of Object.entries(read)) {
      const text = unpacked(packed, shipped[file]);
      if (text === undefined || text.length > MOST_TEXT) return undefined;
      texts[file] = text;
    }
    return texts;
  } catch {
    return undefined;
  }
}

const pack = (files: Readonly<Record<string, Packed>>): Promise<string | undefined> =>
  encodePayload(new TextEncoder().encode(JSON.stringify(files)));

function unpacked(packed: unknown, shipped: string | undefined): string | undefined {
  if (typeof packed === 'string') return packed;
  if (typeof packed !== 'object' || packed === null || shipped === undefined) return undefined;
  const { of, steps } = packed as { of?: unknown; steps?: unknown };
  if (of !== hashOf(shipped) || !Array.isArray(steps)) return undefined;
  const lines = shipped.split('\n');
  const out: string[] = [];
  let at = 0;
  for (const step of steps as unknown[]) {
    if (typeof step === 'string') out.push(step);
    else if (!Number.isInteger(step)) return undefined;
    else {
      if (Number(step) > 0) out.push(...lines.slice(at, at + Number(step)));
      at += Math.abs(Number(step));
    }
  }
  return out.join('\n');
}

/** FNV-1a, 32 bits: it tells versions of a file apart, not enemies. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** By the longest common subsequence of lines: files have a few hundred. */
function difference(before: string, after: string): (number | string)[] {
  const a = before.split('\n');
  const b = after.split('\n');
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const down = common[(i + 1) * width + j]!;
      const right = common[i * width + j + 1]!;
      common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1]! + 1 : Math.max(down, right);
    }
  }
  const steps: (number | string)[] = [];
  const count = (sign: 1 | -1): void => {
    const last = steps.at(-1);
    if (typeof last === 'number' && Math.sign(last) === sign) steps[steps.length - 1] = last + sign;
    else steps.push(sign);
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      count(1);
      i++;
      j++;
    } else if (
      j >= b.length ||
      (i < a.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)
    ) {
      count(-1);
      i++;
    } else steps.push(b[j++]!);
  }
  return steps;
}
