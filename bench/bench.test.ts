import { InferenceSession, Tensor } from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { compare } from '@/lib/compare';
import type { Row } from './contract';
import { swapMiddle } from './layout';
import { encodeModel } from './peers/onnx';
import { markdown, rate, table, type Unrated } from './rows';
import { rounds } from './rounds';

const summary = (median: number) => ({ median, p10: median, p90: median, samples: 10 });
const unrated = (contender: string, median: number | null, more: Partial<Unrated> = {}): Unrated => ({
  op: 'softmax',
  shape: { rows: 2, width: 3 },
  dtype: 'f32',
  contender,
  version: '1',
  peer: true,
  correct: true,
  relError: 1e-7,
  timeMs: median === null ? null : summary(median),
  note: '',
  ...more,
});

describe('ratios', () => {
  const rows = rate([
    unrated('ours', 10, { peer: false }),
    unrated('ours, slower', 40, { peer: false }),
    unrated('fast peer', 30),
    unrated('slow peer', 60),
    unrated('wrong peer', 1, { correct: false }),
    unrated('peer at another size', 2, { shape: { rows: 4, width: 3 } }),
  ]);
  const ratioOf = (contender: string) => rows.find((row) => row.contender === contender)?.ratio;

  it('compare with the fastest correct peer of the same op and shape', () => {
    expect(ratioOf('ours')).toBe(3);
    expect(ratioOf('ours, slower')).toBe(0.75);
    expect(ratioOf('fast peer')).toBe(1);
    expect(ratioOf('slow peer')).toBe(0.5);
    expect(ratioOf('peer at another size')).toBe(1);
  });

  it('are none for a wrong result or without a rival', () => {
    expect(ratioOf('wrong peer')).toBeNull();
    expect(rate([unrated('ours', 10, { peer: false })])[0]?.ratio).toBeNull();
  });
});

describe('tables', () => {
  const rows: Row[] = rate([
    unrated('ours', 10, { peer: false, note: 'a | b' }),
    unrated('peer', null, { correct: false, relError: 0.5, note: 'a | b' }),
    unrated('broken peer', null, { correct: false, relError: null }),
  ]);

  it('say what was wrong and number each note once', () => {
    const lines = table(rows).split('\n');
    expect(lines[1]).toContain('10.0–10.0 (10)');
    expect(lines[2]).toContain('5.0e-1 wrong');
    expect(lines[3]).toContain('no result');
    expect(lines.filter((line) => line.startsWith('[1]'))).toEqual(['[1] a | b']);
  });

  it('have as many cells in every Markdown row as in the heading', () => {
    const widths = markdown(rows)
      .split('\n')
      .map((line) => line.split(/(?<!\\)\|/).length);
    expect(new Set(widths)).toEqual(new Set([10]));
  });
});

describe('rounds', () => {
  const contest = (costs: readonly number[], budgetMs: number) => {
    let clock = 0;
    const order: number[] = [];
    const contenders = costs.map((cost, i) => ({
      call: async () => {
        clock += cost;
        order.push(i);
      },
    }));
    return rounds(contenders, { budgetMs, now: () => clock }).then((summaries) => ({ summaries, order }));
  };

  it('take turns after one warm-up each', async () => {
    const { summaries, order } = await contest([1, 2], 1000);
    expect(order.slice(0, 6)).toEqual([0, 1, 0, 1, 0, 1]);
    expect(summaries.map(({ median, samples }) => [median, samples])).toEqual([
      [1, 10],
      [2, 10],
    ]);
  });

  it('stop a slow contender once its budget is spent, never before three samples', async () => {
    const { summaries } = await contest([1, 2000, 9000], 5000);
    expect(summaries.map(({ samples }) => samples)).toEqual([10, 3, 3]);
  });
});

it('swaps the middle axes and back', () => {
  const values = Float32Array.from({ length: 2 * 3 * 4 * 5 }, (_, i) => i);
  const swapped = swapMiddle(values, [2, 3, 4, 5]);
  // Element (a=1, b=2, c=3, d=4) is now at (1, 3, 2, 4).
  expect(swapped[((1 * 4 + 3) * 3 + 2) * 5 + 4]).toBe(values[((1 * 3 + 2) * 4 + 3) * 5 + 4]);
  expect(swapMiddle(swapped, [2, 4, 3, 5])).toEqual(values);
});

it('writes ONNX that onnxruntime reads: attributes, constants, two domains, sizes above 127', async () => {
  const n = 300;
  const model = encodeModel({
    inputs: [{ name: 'x', shape: [2, n] }],
    outputs: [{ name: 'y', shape: [n, 2] }],
    constants: [{ name: 'shift', shape: [2], data: Float32Array.of(1, -3) }],
    nodes: [
      { type: 'Transpose', inputs: ['x'], outputs: ['xT'], attributes: { perm: [1, 0] } },
      { type: 'Add', inputs: ['xT', 'shift'], outputs: ['shifted'] },
      { type: 'LeakyRelu', inputs: ['shifted'], outputs: ['leaky'], attributes: { alpha: { float: 0.5 } } },
      { type: 'QuickGelu', domain: 'com.microsoft', inputs: ['leaky'], outputs: ['gelu'] },
      { type: 'Softmax', inputs: ['gelu'], outputs: ['y'], attributes: { axis: 0 } },
    ],
  });
  const session = await InferenceSession.create(model, { executionProviders: ['wasm'] });
  const x = Float32Array.from({ length: 2 * n }, (_, i) => Math.sin(i));
  const { y } = await session.run({ x: new Tensor(x, [2, n]) });
  await session.release();
  const values = [1, -3].map((shift, column) =>
    Array.from(x.subarray(column * n, (column + 1) * n), (value) => {
      const shifted = value + shift;
      const leaky = shifted < 0 ? shifted / 2 : shifted;
      return Math.exp(leaky / (1 + Math.exp(-1.702 * leaky)));
    }),
  );
  const expected = Array.from({ length: n }, (_, i) =>
    values.map((column) => column[i]! / column.reduce((a, b) => a + b, 0)),
  ).flat();
  expect(compare(y?.data as Float32Array, expected).relError).toBeLessThan(1e-6);
});
