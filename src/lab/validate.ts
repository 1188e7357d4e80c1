/**
 * From raw text (a link, a command line) to parameters that a demo accepts. `clean` never fails: what is wrong is
 * clamped or dropped, with a notice; `strict` stops at the first problem with one sentence.
 */
import { LabError } from '@/lib/errors';
import type { Text } from '@/lib/text';
import type { DemoDecl } from './demo';
import { parseFileRef } from './fileRef';
import type { Notice } from './runnerState';
import { defaultsOf, type ChoiceParam, type Param, type Params, type RangeParam, type Value } from './schema';

export interface Cleaned {
  readonly params: Params;
  readonly notices: readonly Notice[];
}

/** A value, and where it is not the one asked for, what is allowed. */
interface Parsed {
  readonly value: Value;
  readonly allowed?: Text;
}

/** All parameters from raw values by name; what is missing takes its default. */
export function clean(demo: DemoDecl, raw: Readonly<Record<string, string>>): Cleaned {
  const notices: Notice[] = [];
  const asked: Record<string, Value> = {};
  for (const [name, text] of Object.entries(raw)) {
    const param = own(demo.params, name);
    if (!param) {
      notices.push(unknown(name));
      continue;
    }
    const { value, allowed } = parse(param, text);
    asked[name] = value;
    if (allowed) notices.push(replaced(name, text, value, allowed));
  }
  const settled = applyRules(demo, { ...defaultsOf(demo.params), ...asked });
  return { params: settled.params, notices: [...notices, ...settled.notices] };
}

/** The same for a command line: the first problem is an error that names the bad thing and what is allowed. */
export function strict(demo: DemoDecl, raw: Readonly<Record<string, string>>): Params {
  for (const name of Object.keys(raw)) {
    if (own(demo.params, name)) continue;
    const allowed = Object.keys(demo.params).map((known) => `--${known}`);
    throw new LabError('usage', {
      what: `${demo.slug} has no parameter --${short(name)}; allowed: ${allowed.join(', ')}`,
    });
  }
  const { params, notices } = clean(demo, raw);
  const [first] = notices;
  if (first) throw new LabError('usage', { what: `--${first.param}: ${first.text.en}` });
  return params;
}

/** Rules between parameters, applied until none objects; a pair that never agrees ends all the same. */
export function applyRules(demo: DemoDecl, params: Params): Cleaned {
  const notices = new Map<string, Notice>();
  const rules = demo.rules ?? [];
  let settled = params;
  for (let round = 0; round <= rules.length; round++) {
    const before = settled;
    for (const rule of rules) {
      const correction = rule(settled);
      if (!correction) continue;
      const { param, value, allowed } = correction;
      if (Object.is(settled[param], value)) continue;
      notices.set(param, replaced(param, textOf(settled[param] ?? null), value, allowed));
      settled = { ...settled, [param]: value };
    }
    if (settled === before) break;
  }
  return { params: settled, notices: [...notices.values()] };
}

/** One value from text. */
export function parse(param: Param, text: string): Parsed {
  switch (param.kind) {
    case 'range':
      return parseRange(param, text);
    case 'toggle':
      if (text === '1' || text === 'true') return { value: true };
      if (text === '0' || text === 'false') return { value: false };
      return { value: param.default, allowed: { en: 'true or false', zh: 'true 或 false' } };
    case 'choice':
      return parseChoice(param, text);
    case 'seed':
      return parseRange({ ...param, kind: 'range', min: 0, max: 2 ** 32 - 1, integer: true }, text);
    case 'file': {
      const ref = parseFileRef(text);
      if (ref) return { value: ref };
      return { value: null, allowed: { en: 'name~bytes~sha256', zh: '文件名~字节数~sha256' } };
    }
  }
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function parseRange({ min, max, integer, default: fallback }: RangeParam, text: string): Parsed {
  const allowed = integer
    ? { en: `a whole number from ${min} to ${max}`, zh: `${min} 到 ${max} 的整数` }
    : { en: `a number from ${min} to ${max}`, zh: `${min} 到 ${max} 的数` };
  // Not Number(): it reads '', ' ', '0x10' and 'Infinity' as numbers.
  const value = decimal.test(text) ? Number(text) : NaN;
  if (Number.isNaN(value)) return { value: fallback, allowed };
  const inside = Math.min(max, Math.max(min, integer ? Math.round(value) : value));
  // No −0: it is written like 0 and would not come back.
  return inside === value ? { value: inside + 0 } : { value: inside + 0, allowed };
}

function parseChoice({ options, default: fallback }: ChoiceParam, text: string): Parsed {
  if (Object.hasOwn(options, text)) return { value: text };
  const names = Object.keys(options);
  return { value: fallback, allowed: { en: names.join(', '), zh: names.join('、') } };
}

const own = (schema: DemoDecl['params'], name: string): Param | undefined =>
  Object.hasOwn(schema, name) ? schema[name] : undefined;

/** A stranger's text, short enough for a sentence. */
export const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

function unknown(name: string): Notice {
  const param = short(name);
  return {
    param,
    text: { en: `"${param}" is not a parameter here; it was left out`, zh: `这里没有参数“${param}”，已忽略` },
  };
}

function replaced(param: string, asked: string, value: Value, allowed: Text): Notice {
  const used =
    value === null ? { en: 'the default', zh: '默认值' } : { en: textOf(value), zh: textOf(value) };
  return {
    param,
    text: {
      en: `"${short(asked)}" is not possible, ${used.en} is used; allowed: ${allowed.en}`,
      zh: `不能取“${short(asked)}”，改用 ${used.zh}；允许：${allowed.zh}`,
    },
  };
}

const textOf = (value: Value): string => (typeof value === 'object' ? (value?.name ?? '') : String(value));
