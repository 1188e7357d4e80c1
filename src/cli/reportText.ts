/** A run report for people. */
import type { Environment, Measurement, RunReport } from '@/lab/report';
import { bytesText } from '@/lib/units';
import { table } from './output';

export function adapterText({ adapter, adapterKind, runtime }: Environment): string {
  const kind = adapterKind === 'software' ? ' (software: a CPU did the work)' : '';
  return `${adapter}${kind}, ${runtime}`;
}

export function reportText(report: RunReport): string {
  const params = Object.entries(report.params).filter(([, value]) => value !== null);
  const lines = [
    `${report.demo}  ${params.map(([name, value]) => `${name} ${String(value)}`).join(', ')}`,
    adapterText(report.environment),
  ];
  const metrics = Object.entries(report.metrics);
  if (metrics.length > 0) lines.push('', table(['metric', 'value'], metrics));
  if (report.measurements.length > 0) lines.push('', measurementTable(report.measurements));
  if (report.checks.length > 0) lines.push('', checkTable(report.checks));
  return lines.join('\n');
}

function measurementTable(measurements: readonly Measurement[]): string {
  const header = [
    'measurement',
    'device',
    'variant',
    'type',
    'ms',
    'p10',
    'p90',
    'GFLOP/s',
    'GB/s',
    'peak',
    'note',
  ];
  const rows = measurements.map((m) => [
    m.name,
    m.device,
    m.variant + (m.tuned ? ' (tuned)' : ''),
    m.dtype,
    m.timeMs?.median,
    m.timeMs?.p10,
    m.timeMs?.p90,
    m.gflops,
    m.gbps,
    m.device === 'gpu' ? bytesText(m.peakBytes) : '',
    m.note?.en,
  ]);
  return table(header, rows);
}

function checkTable(checks: RunReport['checks']): string {
  const header = ['check', 'result', 'relative error', 'tolerance', 'largest error', 'rows'];
  const rows = checks.map((c) => [
    c.name,
    c.pass ? 'pass' : 'FAIL',
    c.relError,
    c.tolerance,
    c.maxAbsError,
    `${c.rowsChecked} of ${c.rows}`,
  ]);
  return table(header, rows);
}
