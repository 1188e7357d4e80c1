import { describe, expect, test } from 'vitest';
import { LabError } from '@/lib/errors';
import { buildReport, parseReport, passed, rawOf, type Run } from './buildReport';
import { measurementRow, sweepRows, toCsv } from './csv';
import type { Measurement } from './report';
import { defaultsOf } from './schema';
import { sampleDemo } from './testing';
import { clean } from './validate';

const measurement: Measurement = {
  name: 'attention.forward',
  device: 'gpu',
  variant: 'tiled',
  dtype: 'f32',
  shape: { n: 64, d: 32 },
  timeMs: { median: 1.5, p10: 1.25, p90: 2, samples: 10, method: 'timestamp' },
  flops: 1e6,
  bytes: 1e4,
  peakBytes: 100,
  workspaceBytes: 10,
  tuned: false,
};

const run: Run = {
  demo: sampleDemo,
  params: {
    ...defaultsOf(sampleDemo.params),
    n: 64,
    causal: true,
    seed: 7,
    'input-file': { name: 'q~k.safetensors', bytes: 12, sha256: 'cd'.repeat(32) },
  },
  environment: {
    runtime: 'Node',
    browser: null,
    adapter: 'llvmpipe',
    adapterKind: 'software',
    features: ['shader-f16'],
    limits: { maxBufferSize: 1 },
  },
  measurements: [measurement],
  checks: [
    {
      name: 'o',
      maxAbsError: NaN,
      relError: Infinity,
      tolerance: 1e-5,
      rowsChecked: 1,
      rows: 1,
      pass: false,
    },
  ],
  metrics: { sum: 3, broken: NaN },
  series: [{ name: 'loss', unit: '', x: [1], y: [2] }],
  startedAt: new Date('2026-11-23T00:00:00Z'),
};

describe('the run report', () => {
  test('is read back as it was built, and gives the parameters again', () => {
    const report = buildReport(run);
    expect(parseReport(JSON.stringify(report))).toEqual(report);
    expect(report).toMatchObject({
      seed: 7,
      files: { 'input-file': { bytes: 12 } },
      params: { n: 64, 'input-file': 'q~k.safetensors' },
      metrics: { sum: 3 },
      checks: [{ maxAbsError: Number.MAX_VALUE, pass: false }],
    });
    const { params, notices } = clean(sampleDemo, rawOf(report));
    expect(notices).toEqual([]);
    expect(params).toEqual(run.params);
  });

  const changed = (change: (report: Record<string, unknown>) => void): string => {
    const report = structuredClone(buildReport(run)) as unknown as Record<string, unknown>;
    change(report);
    return JSON.stringify(report);
  };
  test.each<[string, string, string]>([
    ['no JSON', '{', 'not JSON'],
    ['a number', '3', 'the document: expected object'],
    ['another schema', changed((r) => (r.schema = 'tilewise.run/2')), 'schema: expected tilewise.run/1'],
    ['no demo', changed((r) => delete r.demo), 'demo: expected string'],
    [
      'a bad time',
      changed((r) => (r.measurements = [{ ...measurement, timeMs: { median: 'x' } }])),
      'measurements[0].timeMs.median: expected number',
    ],
    [
      'a bad device',
      changed((r) => (r.measurements = [{ ...measurement, device: 'tpu' }])),
      'measurements[0].device: expected gpu or cpu',
    ],
    ['a bad parameter', changed((r) => (r.params = { n: [] })), 'params.n: not a value that is allowed here'],
    ['NaN among metrics', changed((r) => (r.metrics = { sum: null })), 'metrics.sum: expected number'],
  ])('%s is refused with the field', (_what, text, reason) => {
    expect(() => parseReport(text, 'a.json')).toThrow(LabError);
    expect(() => parseReport(text, 'a.json')).toThrow(`a.json: not a valid tilewise.run/1 file: ${reason}`);
  });
});

test('a report passes when every check did and no contender was off', () => {
  const report = { measurements: [measurement], checks: [{ ...run.checks[0]!, pass: true }] };
  expect(passed(report)).toBe(true);
  expect(passed({ ...report, checks: [...run.checks] })).toBe(false);
  expect(
    passed({ ...report, measurements: [{ ...measurement, note: { en: 'wrong: o is off', zh: '' } }] }),
  ).toBe(false);
  expect(passed({ ...report, measurements: [{ ...measurement, note: { en: '2 workers', zh: '' } }] })).toBe(
    true,
  );
});

describe('CSV', () => {
  test('fields that need quotes have them, missing ones are empty', () => {
    expect(
      toCsv([
        { a: 'x,"y"', b: 1 },
        { c: null, b: false },
      ]),
    ).toBe('a,b,c\r\n"x,""y""",1,\r\n,false,\r\n');
  });

  test('a chart keeps the points that have nothing', () => {
    const points = [
      { x: 64, measurements: [measurement] },
      { x: 128, measurements: [], error: new Error('memory') },
    ];
    const lines = toCsv(sweepRows('n', { points, complete: true }))
      .trim()
      .split('\r\n');
    expect(lines[0]).toBe(['n', ...Object.keys(measurementRow(measurement))].join());
    expect(lines[1]).toMatch(/^64,attention\.forward,gpu,tiled,f32,64,32,1\.5,1\.25,2,10,timestamp,/);
    expect(lines[2]).toMatch(/^128,+$/);
  });
});
