/** Assembles a run report (`tilewise.run/1`), reads one back, and tells which parameters it was made with. */
import * as z from 'zod/mini';
import type { Capabilities } from '@/gpu/capabilities';
import { LabError } from '@/lib/errors';
import type { DemoDecl } from './demo';
import { formatFileRef } from './fileRef';
import { reportSchema, type Check, type Environment, type RunReport } from './report';
import type { Params } from './schema';
import { textOf, type Raw } from './validate';

export interface Host {
  /** "Node 20.20.0, Dawn", "Firefox 153". */
  readonly runtime: string;
  readonly browser: string | null;
}

export function environmentOf({ runtime, browser }: Host, caps: Capabilities): Environment {
  const { adapter, adapterKind, features, limits } = caps;
  return { runtime, browser, adapter, adapterKind, features: [...features], limits: { ...limits } };
}

export interface Run extends Pick<
  RunReport,
  'measurements' | 'checks' | 'series' | 'metrics' | 'environment'
> {
  readonly demo: DemoDecl;
  readonly params: Params;
  readonly startedAt: Date;
}

/** JSON has no NaN: an error that is no number is written as the largest one, a metric that is none is left out. */
export function buildReport(run: Run): RunReport {
  const entries = Object.keys(run.demo.params).map((name) => [name, run.params[name] ?? null] as const);
  const files = entries.flatMap(([param, value]) =>
    typeof value === 'object' && value
      ? [[param, { sha256: value.sha256, bytes: value.bytes, name: value.name }] as const]
      : [],
  );
  const params = entries.map(([name, value]) => [
    name,
    typeof value === 'object' ? (value?.name ?? null) : value,
  ]);
  const seed = run.demo.params.seed?.kind === 'seed' ? run.params.seed : null;
  return {
    schema: 'tilewise.run/1',
    version: __TILEWISE_VERSION__,
    commit: __TILEWISE_COMMIT__,
    demo: run.demo.slug,
    params: Object.fromEntries(params) as RunReport['params'],
    files: Object.fromEntries(files),
    seed: typeof seed === 'number' ? seed : null,
    environment: run.environment,
    measurements: run.measurements,
    checks: run.checks.map(countable),
    metrics: Object.fromEntries(Object.entries(run.metrics).filter(([, value]) => Number.isFinite(value))),
    series: run.series,
    startedAt: run.startedAt.toISOString(),
  };
}

function countable(check: Check): Check {
  const finite = (error: number): number => (Number.isFinite(error) ? error : Number.MAX_VALUE);
  return { ...check, maxAbsError: finite(check.maxAbsError), relError: finite(check.relError) };
}

/** Every check passed, and no contender was left out because its result was off (its note begins with "wrong:"). */
export const passed = ({ checks, measurements }: Pick<RunReport, 'checks' | 'measurements'>): boolean =>
  checks.every(({ pass }) => pass) && !measurements.some(({ note }) => note?.en.startsWith('wrong:'));

/** Throws `file.format` with the field that is wrong. */
export function parseReport(text: string, file = 'report'): RunReport {
  const refuse = (reason: string): LabError =>
    new LabError('file.format', { file, format: 'tilewise.run/1', reason });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refuse('not JSON');
  }
  const parsed = z.safeParse(reportSchema, json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(issue ? describe(issue) : 'not a report');
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const field = path.replace(/^\./, '') || 'the document';
  if (issue.code === 'invalid_type') return `${field}: expected ${issue.expected}`;
  if (issue.code === 'invalid_value') return `${field}: expected ${issue.values.map(String).join(' or ')}`;
  return `${field}: not a value that is allowed here`;
}

/** The parameters a report was made with, as raw values; its files are named by their hash. */
export function rawOf(report: RunReport): Raw {
  const plain = Object.entries(report.params).filter(
    ([name, value]) => value !== null && !Object.hasOwn(report.files, name),
  );
  const files = Object.entries(report.files).map(([param, { name = param, bytes, sha256 }]) => [
    param,
    formatFileRef({ name, bytes, sha256 }),
  ]);
  return Object.fromEntries([...plain.map(([name, value]) => [name, textOf(value)]), ...files]) as Raw;
}
