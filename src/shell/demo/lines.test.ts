import { describe, expect, it } from 'vitest';
import { LabError } from '@/lib/errors';
import type { ChartDecl } from '@/lab/demo';
import type { Measurement } from '@/lab/report';
import type { Sweep } from '@/lab/runnerState';
import { styleLines } from '@/ui/roles';
import { gapsOf, linesOf } from './lines';

const text = (en: string) => ({ en, zh: en });
const chart: ChartDecl = {
  id: 'c',
  title: text('t'),
  x: { param: 'n', values: [1, 2], label: text('n'), scale: 'log' },
  y: { field: 'timeMs', label: text('time'), scale: 'log' },
  series: [
    { role: 'fused', label: text('gpu'), name: 'op', variant: 'tiled', device: 'gpu' },
    { role: 'cpu', label: text('cpu'), name: 'op', device: 'cpu' },
  ],
};
const measured = (patch: Partial<Measurement>): Measurement => ({
  name: 'op',
  device: 'gpu',
  variant: 'tiled',
  dtype: 'f32',
  shape: {},
  timeMs: { median: 2, p10: 1, p90: 4, samples: 10, method: 'wall' },
  flops: 0,
  bytes: 0,
  peakBytes: 64,
  workspaceBytes: 0,
  tuned: false,
  ...patch,
});
const sweep: Sweep = {
  complete: true,
  points: [
    {
      x: 1,
      measurements: [
        measured({}),
        measured({ device: 'cpu', variant: 'one-core', timeMs: null, note: { en: 'too fast', zh: '太快' } }),
      ],
    },
    { x: 2, measurements: [measured({ variant: 'naive' })], error: new LabError('gpu.adapter') },
  ],
};

describe('lines of a chart', () => {
  it('takes for each line the measurements that are its own', () => {
    const [gpu, cpu] = linesOf(chart, sweep, 'en');
    expect(gpu?.points).toEqual([{ x: 1, y: 2, low: 1, high: 4 }]);
    expect(cpu?.points).toEqual([{ x: 1, y: null, note: 'too fast' }]);
    expect(linesOf(chart, sweep, 'zh')[1]?.points).toEqual([{ x: 1, y: null, note: '太快' }]);
  });

  it('marks only what the adapter made', () => {
    const [gpu, cpu] = linesOf(chart, sweep, 'en', { softwareBadge: 'software adapter' });
    expect(gpu?.badge).toBe('software adapter');
    expect(cpu?.badge).toBeUndefined();
  });

  it('leaves zero out of a logarithmic axis and keeps it in the table', () => {
    const memory: ChartDecl = { ...chart, y: { ...chart.y, field: 'workspaceBytes' } };
    expect(linesOf(memory, sweep, 'en')[0]?.points).toEqual([{ x: 1, y: null, note: '0' }]);
  });

  it('turns times into rates, the slowest into the lowest', () => {
    const rate: ChartDecl = { ...chart, y: { ...chart.y, field: 'perSecond' } };
    expect(linesOf(rate, sweep, 'en')[0]?.points).toEqual([{ x: 1, y: 500, low: 250, high: 1000 }]);
    expect(linesOf(rate, sweep, 'en')[1]?.points).toEqual([{ x: 1, y: null, note: 'too fast' }]);
  });

  it('says why a point is missing', () => {
    expect(gapsOf(sweep, 'zh')).toEqual([{ x: 2, why: new LabError('gpu.adapter').sentence('zh') }]);
  });

  it('keeps the meaning of colours on both sides of a comparison, and tells them apart', () => {
    const lines = (['A', 'B'] as const).flatMap((side) => linesOf(chart, sweep, 'en', { side }));
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    const [a, , b] = styleLines(lines);
    expect(b).toEqual({ ...a, hollow: true });
    expect(lines[2]?.label).toBe(`B: ${chart.series[0]?.label.en}`);
  });

  it('has lines before anything was measured', () => {
    expect(linesOf(chart, undefined, 'en').map(({ points }) => points)).toEqual([[], []]);
  });
});
