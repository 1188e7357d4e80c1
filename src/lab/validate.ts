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

export type Raw = Readonly<Record<string, string>>;

export interface Cleaned {
  readonly params: Params;
  readonly notices: readonly Notice[];
}

/** What was asked for and cannot be had; without `allowed`, there is no such parameter. */
interface Fault {
  readonly param: string;
  readonly asked: string;
  readonly used: Value;
  readonly allowed?: Text;
}

/** All parameters from raw values by name; what is missing takes its default. */
export function clean(demo: DemoDecl, raw: Raw): Cleaned {
  const { params, faults } = examine(demo, raw);
  return { params, notices: faults.map(noticeOf) };
}

/** The same for a command line: the first problem is an error that names the bad thing and what is allowed. */
export function strict(demo: DemoDecl, raw: Raw): Params {
  const { params, faults } = examine(demo, raw);
  const [first] = faults;
  if (first) throw refusal(demo, first);
  return params;
}

/** Rules between parameters, applied until none objects; rules that never agree end all the same. */
export function applyRules(demo: DemoDecl, params: Params): Cleaned {
  const settled = settle(demo, params);
  return { params: settled.params, notices: settled.faults.map(noticeOf) };
}

/** The same where one parameter must keep its value: others give way to it, or it is refused. */
export function strictRules(demo: DemoDecl, params: Params, fixed: string): Params {
  const settled = settle(demo, params);
  const fault = settled.faults.find(({ param }) => param === fixed);
  if (fault) throw refusal(demo, fault);
  return settled.params;
}

function examine(demo: DemoDecl, raw: Raw): { params: Params; faults: Fault[] } {
  const faults: Fault[] = [];
  const asked: Record<string, Value> = {};
  for (const [name, text] of Object.entries(raw)) {
    const param = Object.hasOwn(demo.params, name) ? demo.params[name] : undefined;
    if (!param) {
      faults.push({ param: name, asked: text, used: null });
      continue;
    }
    const { value, allowed } = parse(param, text);
    asked[name] = value;
    if (allowed) faults.push({ param: name, asked: text, used: value, allowed });
  }
  const settled = settle(demo, { ...defaultsOf(demo.params), ...asked });
  return { params: settled.params, faults: [...faults, ...settled.faults] };
}

function settle(demo: DemoDecl, params: Params): { params: Params; faults: Fault[] } {
  const faults = new Map<string, Fault>();
  const rules = demo.rules ?? [];
  let settled = params;
  for (let round = 0; round <= rules.length; round++) {
    const before = settled;
    for (const rule of rules) {
      const correction = rule(settled);
      if (!correction || Object.is(settled[correction.param], correction.value)) continue;
      const { param, value, allowed } = correction;
      faults.set(param, { param, asked: textOf(params[param] ?? null), used: value, allowed });
      settled = { ...settled, [param]: value };
    }
    if (settled === before) break;
  }
  return { params: settled, faults: [...faults.values()] };
}

/** One value from text; with `allowed` where it is not the one asked for. */
export function parse(param: Param, text: string): { readonly value: Value; readonly allowed?: Text } {
  switch (param.kind) {
    case 'range':
      return parseRange(param, text);
    case 'toggle':
      if (text === '1' || text === 'true') return { value: true };
      if (text === '0' || text === 'false') return { value: false };
      return { value: param.default, allowed: { en: 'true, false, 1, 0', zh: 'true、false、1、0' } };
    case 'choice':
      return parseChoice(param, text);
    case 'seed':
      return parseRange({ ...param, kind: 'range', min: 0, max: 2 ** 32 - 1, integer: true }, text);
    case 'file': {
      if (text === '') return { value: null };
      const value = parseFileRef(text);
      return value
        ? { value }
        : { value: null, allowed: { en: 'name~bytes~sha256', zh: '文件名~字节数~sha256' } };
    }
  }
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function parseRange(param: RangeParam, text: string): ReturnType<typeof parse> {
  const { min, max, integer } = param;
  const allowed = integer
    ? { en: `a whole number from ${min} to ${max}`, zh: `${min} 到 ${max} 的整数` }
    : { en: `a number from ${min} to ${max}`, zh: `${min} 到 ${max} 的数` };
  // Not Number() alone: it takes '', ' ', '0x10' and 'Infinity' for numbers.
  const value = decimal.test(text) ? Number(text) : NaN;
  if (Number.isNaN(value)) return { value: param.default, allowed };
  const inside = Math.min(max, Math.max(min, integer ? Math.round(value) : value));
  // No −0: it is written like 0 and would not come back.
  return inside === value ? { value: inside + 0 } : { value: inside + 0, allowed };
}

function parseChoice({ options, default: fallback }: ChoiceParam, text: string): ReturnType<typeof parse> {
  if (Object.hasOwn(options, text)) return { value: text };
  const names = Object.keys(options);
  return { value: fallback, allowed: { en: names.join(', '), zh: names.join('、') } };
}

/** A value as links and command lines have it. */
export const textOf = (value: Value): string =>
  typeof value === 'object' ? (value?.name ?? '') : String(value);

/** A stranger's text, short enough for a sentence. */
export const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

function noticeOf({ param, asked, used, allowed }: Fault): Notice {
  const name = short(param);
  if (!allowed) {
    return {
      param: name,
      text: { en: `"${name}" is not a parameter here and was left out`, zh: `这里没有参数“${name}”，已忽略` },
    };
  }
  const value =
    used === null ? { en: 'the default', zh: '默认值' } : { en: textOf(used), zh: ` ${textOf(used)}` };
  return {
    param: name,
    text: {
      en: `${name}: "${short(asked)}" is not possible, ${value.en} is used; allowed: ${allowed.en}`,
      zh: `${name}：不能取“${short(asked)}”，已改用${value.zh}；允许：${allowed.zh}`,
    },
  };
}

function refusal(demo: DemoDecl, { param, asked, allowed }: Fault): LabError {
  const what = allowed
    ? `--${param}: "${short(asked)}" is not possible; allowed: ${allowed.en}`
    : `${demo.slug} has no parameter --${short(param)}; allowed: ${Object.keys(demo.params)
        .map((known) => `--${known}`)
        .join(', ')}`;
  return new LabError('usage', { what });
}
