/** Pure parts: numbers that are drawn or read, rules, errors and their bins, half sums as defined. */
import { describe, expect, test } from 'vitest';
import type { DemoDecl } from '@/lab/demo';
import { defaultsOf } from '@/lab/schema';
import { applyRules } from '@/lab/validate';
import { Random } from '@/lib/random';
import { writeSafetensors } from '@/lib/safetensors';
import { tensor, valuesOf, type HostTensor } from '@/lib/tensor';
import { NO_NUMBER } from '@/shaders/draw-heatmap/paint';
import { charts, NAME } from './charts';
import { demo } from './demo';
import { halfSum, multiplyHalves, probe, roundToHalf, toleranceOf } from './emulate';
import { absoluteErrors, BINS, errorsOf, exponentOf, FIRST_BIN, rangeOf, ulpAt } from './errors';
import { drawn, fromFile, OUTLIER, stored } from './inputs';
import { kinds } from './kinds';
import { PICK, tasksOf } from './measure';
import { corner } from './overK';
import { params as schema, type Params } from './params';
import { rowsOf } from './multiply';

const { signal } = new AbortController();
const defaults: Params = defaultsOf(schema);
const sizes = { m: 6, n: 5, k: 40 };

describe('matrices from a seed', () => {
  test('both follow the seed, and each distribution is its own', async () => {
    const at = async (distribution: Params['distribution'], seed = 1) => {
      const { a, b } = await drawn(sizes, distribution, seed, signal);
      return [...valuesOf(a), ...valuesOf(b)];
    };
    expect(await at('normal')).toEqual(await at('normal'));
    expect(await at('normal', 2)).not.toEqual(await at('normal'));
    expect(Math.min(...(await at('positive')))).toBeGreaterThan(0);
    expect(Math.max(...(await at('positive')))).toBeLessThan(1);
    const largest = (await at('outlier')).filter((x) => Math.abs(x) === OUTLIER);
    expect(largest).toHaveLength(sizes.m);
    const wide = (await at('wide')).map((x) => Math.log2(Math.abs(x)));
    expect(Math.max(...wide) - Math.min(...wide)).toBeGreaterThan(10);
  });

  test('the second half of a cancelling sum takes back the first', async () => {
    const { a, b } = await drawn(sizes, 'cancelling', 1, signal);
    const [left, right] = [valuesOf(a), valuesOf(b)];
    const partial = (row: number, column: number, terms: number): number =>
      Array.from({ length: terms }, (_, k) => left[row * 40 + k]! * right[k * 5 + column]!).reduce(
        (x, y) => x + y,
      );
    const mean = (terms: number): number =>
      Math.hypot(...Array.from({ length: 30 }, (_, i) => partial(i % 6, i % 5, terms)));
    expect(mean(40) / mean(20)).toBeLessThan(1 / 20);
    expect((await probe({ a, b }, 'f32', signal)).condition).toBeGreaterThan(50);
  });
});

describe('two matrices from a file', () => {
  const f32 = (...shape: number[]): HostTensor => {
    const size = shape.reduce((x, y) => x * y, 1);
    return tensor('f32', shape, new Random(1).normals(size));
  };
  const read = (a: HostTensor, b: HostTensor) =>
    fromFile(writeSafetensors(Object.entries({ a, b })), 'own.safetensors');

  test('fit together', () => {
    expect(read(f32(2, 3), f32(3, 4)).b.shape).toEqual([3, 4]);
  });
  test.each([
    [f32(2, 3), f32(4, 5), /b.*4, 5.*a \[2, 3\], b \[4, 5\]/],
    [f32(2, 3), f32(3, 0), /b.*a \[2, 3\], b \[3, 0\]/],
    [f32(0, 3), f32(3, 2), /a.*a \[0, 3\], b \[3, 2\]/],
    [f32(6), f32(3, 2), /a.*a \[6\], b \[3, 2\]/],
    [f32(2, 3), tensor('f16', [3, 2], new Float32Array(6)), /b \[3, 2\].*F16.*F32, as a \[2, 3\]/],
    [tensor('i32', [1, 1], [1]), tensor('i32', [1, 1], [1]), /I32.*F64, F32, F16, BF16/],
  ])('or are refused, both shapes named (%#)', (a, b, message) => {
    expect(() => read(a, b)).toThrow(message);
  });
  test('a missing one is named', () => {
    expect(() => fromFile(writeSafetensors(Object.entries({ a: f32(1, 1) })), 'x')).toThrow(/"b" is missing/);
  });
});

test.each([
  [{ storage: 'f32', accumulate: 'f16' }, 'accumulate', 'f32'],
  [{ m: 8192, n: 8192 }, 'n', 2048],
  [{ n: 1024, k: 65536 }, 'k', 16384],
] as const)('%j is corrected', (patch, param, value) => {
  const { params, notices } = applyRules(demo as unknown as DemoDecl, { ...defaults, ...patch });
  expect(params[param]).toBe(value);
  expect(notices.map((notice) => notice.param)).toEqual([param]);
});

describe('errors', () => {
  test('an ulp is the distance to the next number of the storage', () => {
    expect([1, 1.999, 2, -3000, 0, 1e-7].map((x) => ulpAt(x, 'f16'))).toEqual(
      [-10, -10, -9, 1, -24, -24].map((e) => 2 ** e),
    );
    expect([1, 2 ** 24, 0].map((x) => ulpAt(x, 'f32'))).toEqual([2 ** -23, 2, 2 ** -149]);
    expect([1, 8, 7.999999, 2 ** -30].map(exponentOf)).toEqual([0, 3, 2, -30]);
  });

  test('in norm, in ulps, by powers of two; what is no number is apart', () => {
    const found = errorsOf([1, 2.5, Infinity, 0, 5], [1, 2, 7, 0, 4], 'f16');
    expect(found).toMatchObject({ maxAbsError: 1, maxUlp: 256, overflowed: 1, exact: 2, elements: 5 });
    expect(found.relError).toBeCloseTo(Math.sqrt(1.25 / 21), 12);
    expect(found.counts).toHaveLength(BINS);
    expect(found.counts[-2 - FIRST_BIN]).toBe(2);
    expect([...absoluteErrors([1, Infinity], [0.5, 1])]).toEqual([0.5, Math.fround(NO_NUMBER)]);
    expect(rangeOf(Float32Array.from([0, 0, 1, 4, NO_NUMBER]))).toEqual({ low: 1, high: 4 });
    expect(rangeOf(new Float32Array(3)).low).toBeLessThan(rangeOf(new Float32Array(3)).high);
  });
});

describe('half sums', () => {
  const terms = (a: number[], b: number[]) => ({ a, b, at: 0, from: 0, step: 1, count: a.length });
  const ones = (n: number): number[] => Array<number>(n).fill(1);

  test('stagnate at 2048 and are repaired by chunks', () => {
    expect(halfSum(terms(ones(4096), ones(4096)), 'f16')).toEqual({ sum: 2048, lost: 2048, added: 4096 });
    expect(halfSum(terms(ones(4096), ones(4096)), 'chunked')).toEqual({ sum: 4096, lost: 0, added: 4096 });
  });

  test('round each product unless it is fused', () => {
    const x = 1 + 2 ** -10;
    // x² = 1 + 2⁻⁹ + 2⁻²⁰: rounded first, minus its half, nothing is left of the last bit.
    expect(halfSum(terms([-(1 + 2 ** -9), x], [1, x]), 'f16').sum).toBe(0);
    expect(halfSum(terms([-(1 + 2 ** -9), x], [1, x]), 'f16', true).sum).toBe(2 ** -20);
    expect(roundToHalf(65520)).toBe(Infinity);
  });

  test('the whole product, and what a check allows of it', async () => {
    const given = stored(await drawn(sizes, 'normal', 1, signal), 'f16');
    const c = await multiplyHalves(given, 'f16', signal);
    const [left, right] = [valuesOf(given.a), valuesOf(given.b)];
    const exact = Array.from({ length: 30 }, (_, i) =>
      Array.from(
        { length: 40 },
        (_, k) => left[Math.floor(i / 5) * 40 + k]! * right[k * 5 + (i % 5)]!,
      ).reduce((x, y) => x + y),
    );
    const { relError } = errorsOf(valuesOf(c), exact, 'f16');
    const probed = await probe(given, 'f16', signal);
    expect(relError).toBeLessThan(toleranceOf('f16', 'f16', 40, probed));
    expect(toleranceOf('f16', 'f16', 40, probed)).toBeLessThan(4 * relError);
    expect(toleranceOf('f32', 'f32', 40, { ...probed, condition: 1 })).toBe(1e-5);
    expect(toleranceOf('f16', 'f16', 40, { lost: 0, condition: 1, error: 0.9 })).toBeLessThan(1);
  });
});

test('rows and corners are parts of the matrices', () => {
  const a = tensor('f32', [3, 2], [1, 2, 3, 4, 5, 6]);
  const b = tensor('f32', [2, 2], [7, 8, 9, 10]);
  expect([...rowsOf({ a, b }, [0, 2]).a.data]).toEqual([1, 2, 5, 6]);
  const small = corner({ a, b }, 1);
  expect([small.a.shape, [...small.a.data], small.b.shape, [...small.b.data]]).toEqual([
    [3, 1],
    [1, 3, 5],
    [1, 2],
    [7, 8],
  ]);
});

test('series become one measurement task for each way to sum', () => {
  const [half] = kinds;
  const series = charts.find(({ id }) => id === 'sums')!.series;
  expect(tasksOf(series, half!).map(({ name, variants, cpu }) => [name, variants, cpu])).toEqual([
    [`${NAME}.half`, [PICK], []],
    [`${NAME}.chunked`, [PICK], []],
    [`${NAME}.mixed`, [PICK], []],
    [`${NAME}.single`, [PICK], []],
  ]);
  const over = charts.find(({ id }) => id === 'over-k')!.series;
  expect(tasksOf(over, half!)).toMatchObject([{ kind: half, cpu: ['one', 'all', 'wasm'] }]);
  expect(tasksOf(over, half!, true)[0]!.variants).toEqual([]);
  expect(tasksOf(undefined, half!)[0]!.variants).toBeUndefined();
});
