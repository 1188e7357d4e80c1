/**
 * The address of a state: `?<param>=<value>` for what differs from the defaults, every seed, and the demo's version
 * `v`; `b.<param>` for what differs on the second side of a comparison, and its seed. Reading never fails.
 */
import type { DemoDecl } from './demo';
import { formatFileRef } from './fileRef';
import type { Notice } from './runnerState';
import type { Param, Params, Value } from './schema';
import { clean, short, type Raw } from './validate';

/** Names with a meaning of their own on every page and command; of parameters, only a seed may be called by one. */
export const reserved = ['v', 'lang', 'seed', 'theme', 'in', 'out', 'json', 'from', 'help'] as const;
export type Reserved = (typeof reserved)[number];

export interface Decoded {
  readonly params: Params;
  /** The second side of an A/B comparison: like the first, but for what `b.` says. */
  readonly b: Params | undefined;
  readonly notices: readonly Notice[];
  /** Values of reserved names, as they stand in the address. */
  readonly reserved: Readonly<Partial<Record<Reserved, string>>>;
}

const MOST_NOTICES = 12;

export function decode(demo: DemoDecl, search: string): Decoded {
  const notices: Notice[] = [];
  const given: Partial<Record<Reserved, string>> = {};
  const a = new Map<string, string>();
  const b = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(search)) {
    if (isReserved(key)) given[key] = value;
    if (isReserved(key) && !Object.hasOwn(demo.params, key)) continue;
    const [side, name] = key.startsWith('b.') ? [b, key.slice(2)] : [a, key];
    if (side.has(name)) notices.push(repeated(key, value));
    side.set(name, value);
  }
  const from = versionOf(demo, given.v, notices);
  const rawA = migrated(demo, Object.fromEntries(a), from, notices);
  const first = clean(demo, rawA);
  notices.push(...first.notices);
  let second: Params | undefined;
  if (b.size > 0) {
    const cleaned = clean(demo, {
      ...known(demo, rawA),
      ...migrated(demo, Object.fromEntries(b), from, notices),
    });
    second = cleaned.params;
    // What side A already said of a parameter is not said again.
    const said = new Set(first.notices.map(({ text }) => text.en));
    const news = cleaned.notices.filter(({ text }) => !said.has(text.en));
    notices.push(...news.map((notice) => ({ ...notice, param: `b.${notice.param}` })));
  }
  return { params: first.params, b: second, notices: atMost(notices), reserved: given };
}

/** The query of a link, without `?`. */
export function encode(demo: DemoDecl, params: Params, b?: Params): string {
  const query = new URLSearchParams();
  for (const [name, param] of Object.entries(demo.params)) {
    const value = params[name] ?? null;
    if (param.kind === 'seed' || !same(value, param.default)) query.set(name, write(param, value));
  }
  for (const [name, param] of Object.entries(demo.params)) {
    const value = b?.[name] ?? null;
    // Its seed tells of a second side that is like the first.
    const differs = param.kind === 'seed' || !same(value, params[name] ?? null);
    if (b && differs) query.set(`b.${name}`, write(param, value));
  }
  query.set('v', String(demo.version));
  return query.toString();
}

const isReserved = (key: string): key is Reserved => (reserved as readonly string[]).includes(key);

const known = (demo: DemoDecl, raw: Raw): Raw =>
  Object.fromEntries(Object.entries(raw).filter(([name]) => Object.hasOwn(demo.params, name)));

/** A value as a link carries it. */
export function write(param: Param, value: Value): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'object') return value ? formatFileRef(value) : '';
  return param.kind === 'choice' ? String(value) : String(Number(value));
}

const same = (a: Value, b: Value): boolean =>
  typeof a === 'object' && typeof b === 'object' && a && b ? formatFileRef(a) === formatFileRef(b) : a === b;

/** The version a link was made for; a link without one is of today. */
function versionOf(demo: DemoDecl, v: string | undefined, notices: Notice[]): number {
  if (v === undefined) return demo.version;
  const version = /^\d{1,6}$/.test(v) ? Number(v) : NaN;
  if (version >= 1 && version <= demo.version) return version;
  notices.push({
    param: 'v',
    text: {
      en: `this link is of version "${short(v)}", this page knows 1 to ${demo.version}; it was read as if it were of today`,
      zh: `链接的版本是“${short(v)}”，本页支持 1 到 ${demo.version}；已按当前版本读取`,
    },
  });
  return demo.version;
}

function migrated(demo: DemoDecl, raw: Record<string, string>, from: number, notices: Notice[]): Raw {
  if (from === demo.version || !demo.migrate) return raw;
  try {
    return demo.migrate(raw, from);
  } catch {
    // A stranger's old link may hold what no version ever wrote.
    notices.push({
      param: 'v',
      text: {
        en: 'this old link could not be translated; it was read as it stands',
        zh: '这个旧链接无法转换，已按原样读取',
      },
    });
    return raw;
  }
}

const repeated = (key: string, value: string): Notice => ({
  param: short(key),
  text: {
    en: `"${short(key)}" appears more than once; the last value, "${short(value)}", counts`,
    zh: `“${short(key)}”出现了多次，以最后的值“${short(value)}”为准`,
  },
});

function atMost(notices: readonly Notice[]): readonly Notice[] {
  const more = notices.length - MOST_NOTICES;
  if (more <= 0) return notices;
  const rest: Notice = { param: '', text: { en: `… and ${more} more`, zh: `……还有 ${more} 条` } };
  return [...notices.slice(0, MOST_NOTICES), rest];
}
