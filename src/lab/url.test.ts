import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultsOf, type Params } from './schema';
import { sampleDemo as demo } from './testing';
import { decode, encode, reserved } from './url';
import { applyRules, clean, strict } from './validate';

const defaults = defaultsOf(demo.params);
const sha256 = 'ab'.repeat(32);

const anyParams: fc.Arbitrary<Params> = fc
  .record({
    n: fc.integer({ min: 1, max: 4096 }),
    heads: fc.integer({ min: 1, max: 64 }),
    'kv-heads': fc.integer({ min: 1, max: 64 }),
    scale: fc.double({ min: -2, max: 2, noNaN: true }).map((x) => x + 0),
    causal: fc.boolean(),
    dtype: fc.constantFrom('f32', 'f16'),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    'input-file': fc.option(
      fc.record({
        name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }),
        bytes: fc.nat(),
        sha256: fc.constant(sha256),
      }),
    ),
  })
  .map((params) => applyRules(demo, params).params);

/** Everything the demo promises of its parameters. */
function expectAccepted(params: Params): void {
  expect(Object.keys(params)).toEqual(Object.keys(demo.params));
  for (const [name, param] of Object.entries(demo.params)) {
    const value = params[name];
    if (param.kind === 'range' || param.kind === 'seed') {
      const [low, high] = param.kind === 'range' ? [param.min, param.max] : [0, 2 ** 32 - 1];
      expect(value).toBeGreaterThanOrEqual(low);
      expect(value).toBeLessThanOrEqual(high);
      if (param.kind === 'seed' || param.integer) expect(Number.isInteger(value)).toBe(true);
    }
    if (param.kind === 'toggle') expect(typeof value).toBe('boolean');
    if (param.kind === 'choice') expect(Object.keys(param.options)).toContain(value);
  }
  expect(Number(params.heads) % Number(params['kv-heads'])).toBe(0);
}

describe('round trip', () => {
  test('what is written is read back without a notice', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const read = decode(demo, encode(demo, params));
        expect(read.params).toEqual(params);
        expect(read.b).toBeUndefined();
        expect(read.notices).toEqual([]);
      }),
    );
  });

  test('both sides of a comparison come back', () => {
    fc.assert(
      fc.property(anyParams, anyParams, (a, b) => {
        const read = decode(demo, encode(demo, a, b));
        expect(read.params).toEqual(a);
        expect(read.b).toEqual(b);
        expect(read.notices).toEqual([]);
      }),
    );
  });

  test('only what differs, the seed and the version are written', () => {
    expect(encode(demo, defaults)).toBe('seed=1&v=3');
    expect(encode(demo, { ...defaults, n: 512, causal: true })).toBe('n=512&causal=1&seed=1&v=3');
    expect(encode(demo, defaults, { ...defaults, n: 512, seed: 7 })).toBe('seed=1&b.n=512&b.seed=7&v=3');
    expect(encode(demo, defaults, defaults)).toBe('seed=1&b.seed=1&v=3');
  });
});

describe('bad values', () => {
  test.each<[string, string, Params, string]>([
    ['n=NaN', 'n', { n: 256 }, 'a whole number from 1 to 4096'],
    ['n=', 'n', { n: 256 }, 'a whole number from 1 to 4096'],
    ['n=0x10', 'n', { n: 256 }, 'a whole number from 1 to 4096'],
    ['n=1e309', 'n', { n: 4096 }, 'a whole number from 1 to 4096'],
    ['n=-1e309', 'n', { n: 1 }, 'a whole number from 1 to 4096'],
    ['n=Infinity', 'n', { n: 256 }, 'a whole number from 1 to 4096'],
    ['n=12.5', 'n', { n: 13 }, 'a whole number from 1 to 4096'],
    ['n=%20128', 'n', { n: 256 }, 'a whole number from 1 to 4096'],
    ['scale=-9', 'scale', { scale: -2 }, 'a number from -2 to 2'],
    ['causal=yes', 'causal', { causal: false }, 'true, false'],
    ['dtype=constructor', 'dtype', { dtype: 'f32' }, 'f32, f16'],
    ['seed=-1', 'seed', { seed: 0 }, 'a whole number from 0 to 4294967295'],
    ['seed=4294967296', 'seed', { seed: 2 ** 32 - 1 }, 'from 0 to 4294967295'],
    ['input-file=x~1~zz', 'input-file', { 'input-file': null }, 'name~bytes~sha256'],
    ['nn=1', 'nn', {}, 'not a parameter'],
    ['__proto__=1', '__proto__', {}, 'not a parameter'],
    ['n=64&n=128', 'n', { n: 128 }, 'more than once'],
    ['heads=8&kv-heads=3', 'kv-heads', { heads: 8, 'kv-heads': 1 }, '"3" is not possible, 1 is used'],
    ['b.n=0', 'b.n', {}, 'a whole number from 1'],
    ['v=99', 'v', {}, 'version "99"'],
    ['v=<b>', 'v', {}, 'version "<b>"'],
    ['v=1&size=broken', 'v', {}, 'could not be translated'],
  ])('%s', (search, param, changed, sentence) => {
    const { params, notices } = decode(demo, search);
    expect(params).toEqual({ ...defaults, ...changed });
    const notice = notices.find((found) => found.param === param);
    expect(notice?.text.en).toContain(sentence);
    expect(notice?.text.zh).toMatch(/[一-鿿]/);
  });

  test('toggles in all their spellings, without a notice', () => {
    expect(decode(demo, 'causal=1').params.causal).toBe(true);
    expect(decode(demo, 'causal=true').params.causal).toBe(true);
    expect(decode(demo, 'causal=0').params.causal).toBe(false);
    expect(decode(demo, 'causal=1&v=3&seed=1&scale=+5e-1').notices).toHaveLength(1);
    expect(decode(demo, 'scale=%2B5e-1').notices).toEqual([]);
  });

  test('old links are read by their version', () => {
    expect(decode(demo, 'v=1&size=512').params.n).toBe(512);
    expect(decode(demo, 'v=2&size=512').notices[0]?.text.en).toContain('not a parameter');
  });

  test('reserved names are handed on, the seed is also a parameter', () => {
    const { reserved: given, params, notices } = decode(demo, 'lang=zh&theme=dark&seed=9&out=x&v=3');
    expect(given).toEqual({ lang: 'zh', theme: 'dark', seed: '9', out: 'x', v: '3' });
    expect(params.seed).toBe(9);
    expect(notices).toEqual([]);
  });

  test('any text at all gives parameters that the demo accepts', () => {
    const name = fc.oneof(
      fc.constantFrom(
        ...Object.keys(demo.params),
        ...reserved,
        '__proto__',
        'toString',
        'b.n',
        'b.__proto__',
        'b.',
      ),
      fc.string({ unit: 'binary' }),
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double().map(String),
      fc.constantFrom(
        'NaN',
        '1e309',
        '-0',
        '0x1p3',
        '<script>alert(1)</script>',
        '%',
        '%ff',
        '１２',
        'true',
        'f16',
        '1_0',
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 30 }), fc.boolean(), (pairs, escaped) => {
        const search = escaped
          ? new URLSearchParams(pairs.map(([a, b]) => [a, b])).toString()
          : pairs.map(([a, b]) => `${a}=${b}`).join('&');
        const { params, b, notices } = decode(demo, search);
        expectAccepted(params);
        if (b) expectAccepted(b);
        expect(notices.length).toBeLessThanOrEqual(13);
        for (const { text } of notices) expect(text.en.length).toBeLessThan(400);
        // What was cleaned once is clean.
        expect(decode(demo, encode(demo, params, b)).notices).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('strict', () => {
  test.each([
    [{ nn: '1' }, 'sample has no parameter --nn; allowed: --n, --heads, --kv-heads'],
    [{ n: 'ten' }, '--n: "ten" is not possible; allowed: a whole number from 1 to 4096'],
    [{ n: '1.5' }, '--n: "1.5" is not possible'],
    [{ dtype: 'f64' }, '--dtype: "f64" is not possible; allowed: f32, f16'],
    [{ heads: '6', 'kv-heads': '4' }, '--kv-heads: "4" is not possible; allowed: a divisor of heads'],
  ])('%o', (raw, message) => {
    expect(() => strict(demo, raw as unknown as Record<string, string>)).toThrow(message);
  });

  test('what is right passes', () => {
    expect(strict(demo, { n: '64', causal: 'true' })).toEqual({ ...defaults, n: 64, causal: true });
  });
});

test('rules that contradict each other end', () => {
  const quarrel = {
    ...demo,
    rules: [0, 1].map((value) => () => ({ param: 'n', value, allowed: { en: 'never', zh: '无' } })),
  };
  expect(clean(quarrel, {}).params.n).toBe(1);
});
