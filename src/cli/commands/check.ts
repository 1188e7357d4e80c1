/** `lab check`: every kernel, variant and case against its float64 reference. */
import { checkKernel, type CheckRow } from '@/gpu/check';
import { loadKernel } from '@/shaders';
import { parseFixed, wholeNumber } from '../args';
import { kernelsNamed } from '../kernelArgs';
import type { Command } from '../laboratory';
import { cellText, table } from '../output';
import { adapterText } from '../reportText';

export const check: Command = {
  summary: 'every kernel, variant and case against its float64 reference',
  usage: '[kernel] [--random n] [--seed s] [--json]',
  details: `  --random <n>   n random shapes and attributes for each kernel, besides the named cases
  --seed <s>     what they are drawn from (default 1)`,
  async run(lab, argv) {
    const words = parseFixed('check', argv, { random: 'value', seed: 'value', json: 'flag' }, 1);
    const names = kernelsNamed(words.positionals[0]);
    const random = wholeNumber(words, 'random', 0, 0, 1_000_000);
    const seed = wholeNumber(words, 'seed', 1, 0, 2 ** 32 - 1);
    const device = await lab.device();
    const environment = await lab.environment();
    if (!lab.output.json) lab.output.print(adapterText(environment));
    const rows: CheckRow[] = [];
    for (const name of names) {
      const room = await loadKernel(name);
      for await (const row of checkKernel(device, room, { random, seed, signal: lab.signal })) {
        rows.push(row);
        if (!lab.output.json) lab.output.print(rowText(row));
        lab.output.progress(`${row.kernel}: ${rows.length} rows checked`);
      }
    }
    const summary = summarise(rows);
    const document = { schema: 'tilewise.check/1', environment, random, seed, rows, summary };
    lab.output.print(lab.output.json ? JSON.stringify(document) : summaryText(summary));
    return summary.fail > 0 ? 1 : 0;
  },
};

function rowText(row: CheckRow): string {
  const { status, kernel, variant, case: name, reason } = row;
  const head = `${status.padEnd(11)} ${kernel} / ${variant} / ${name}`;
  if (row.relError === undefined) return reason === undefined ? head : `${head}: ${reason}`;
  const { output = '', relError, tolerance, worstRow, maxAbsError } = row;
  const { rows, rowsChecked = rows } = row;
  const held = rowsChecked < rows ? `, ${rowsChecked} of ${rows} rows` : '';
  const errors = `${output} relative ${cellText(relError)} of ${cellText(tolerance)}, worst row ${cellText(worstRow?.relError)} (row ${worstRow?.row ?? 0}), largest ${cellText(maxAbsError)}${held}`;
  return `${head}: ${reason === undefined ? '' : `${reason}; `}${errors}`;
}

export interface CheckSummary {
  readonly pass: number;
  readonly fail: number;
  readonly unsupported: number;
  /** For each kernel and variant, the passing row that came closest to its tolerance. */
  readonly largest: readonly Largest[];
}

interface Largest {
  readonly kernel: string;
  readonly variant: string;
  readonly rows: number;
  readonly fail: number;
  readonly unsupported: number;
  readonly relError: number | null;
  readonly tolerance: number | null;
  readonly worstRow: number | null;
  readonly maxAbsError: number | null;
  readonly case: string | null;
}

export function summarise(rows: readonly CheckRow[]): CheckSummary {
  const count = (of: readonly CheckRow[], status: CheckRow['status']): number =>
    of.filter((row) => row.status === status).length;
  const groups = new Map<string, CheckRow[]>();
  for (const row of rows) {
    const key = `${row.kernel}/${row.variant}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const share = ({ relError = 0, tolerance = 0 }: CheckRow): number =>
    relError / Math.max(tolerance, Number.MIN_VALUE);
  const largest = [...groups.values()].map((group): Largest => {
    const measured = group.filter((row) => row.relError !== undefined);
    const worst = measured.reduce<CheckRow | undefined>(
      (a, b) => (a && !(share(b) > share(a)) ? a : b),
      undefined,
    );
    return {
      kernel: group[0]!.kernel,
      variant: group[0]!.variant,
      rows: group.length,
      fail: count(group, 'fail'),
      unsupported: count(group, 'unsupported'),
      relError: worst?.relError ?? null,
      tolerance: worst?.tolerance ?? null,
      worstRow: worst?.worstRow?.relError ?? null,
      maxAbsError: worst?.maxAbsError ?? null,
      case: worst?.case ?? null,
    };
  });
  return {
    pass: count(rows, 'pass'),
    fail: count(rows, 'fail'),
    unsupported: count(rows, 'unsupported'),
    largest,
  };
}

function summaryText({ pass, fail, unsupported, largest }: CheckSummary): string {
  const header = [
    'kernel',
    'variant',
    'rows',
    'fail',
    'unsupported',
    'relative error',
    'tolerance',
    'worst row',
    'in case',
  ];
  const rows = largest.map((l) => [
    l.kernel,
    l.variant,
    l.rows,
    l.fail,
    l.unsupported,
    l.relError,
    l.tolerance,
    l.worstRow,
    l.case,
  ]);
  return `\n${table(header, rows)}\n\n${pass} pass, ${fail} fail, ${unsupported} unsupported`;
}
