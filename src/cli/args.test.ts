import { describe, expect, test } from 'vitest';
import type { Attribute } from '@/gpu/kernel';
import { encodeHalf } from '@/lib/half';
import { tensor, type DType, type HostTensor } from '@/lib/tensor';
import { parseFixed, parseWords, usage, wholeNumber, type OptionKind } from './args';
import { parseAttrs } from './attrs';
import { opInputs } from './opInputs';
import { cellText, outputTo, table } from './output';

describe('words', () => {
  const kinds: Record<string, OptionKind> = { n: 'value', causal: 'toggle', json: 'flag' };
  const parse = (line: string) =>
    parseWords(
      line.split(' ').filter(Boolean),
      (name) => kinds[name],
      (name) => usage(`unknown ${name}`),
    );

  test.each<[string, string[], Record<string, string>]>([
    ['a --n 5 b', ['a', 'b'], { n: '5' }],
    ['--n=5=6', [], { n: '5=6' }],
    ['--n -5', [], { n: '-5' }],
    ['--n=', [], { n: '' }],
    ['--causal --json', [], { causal: '1', json: '1' }],
    ['--causal false x', ['x'], { causal: 'false' }],
    ['x --causal', ['x'], { causal: '1' }],
    ['--json x', ['x'], { json: '1' }],
  ])('%s', (line, positionals, options) => {
    const words = parse(line);
    expect(words.positionals).toEqual(positionals);
    expect(Object.fromEntries(words.options)).toEqual(options);
  });

  test.each([
    ['--n', '--n needs a value'],
    ['--n --json', '--n needs a value'],
    ['--n 1 --n=2', '--n is given twice'],
    ['--json=1', '--json takes no value'],
    ['--m 1', 'unknown m'],
  ])('%s is refused', (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });

  test('names from Object are not options, and extra words are refused', () => {
    expect(() => parseFixed('check', ['--constructor', '1'], kinds, 1)).toThrow(
      'lab check has no option --constructor; allowed: --n, --causal, --json',
    );
    expect(() => parseFixed('check', ['a', 'b'], kinds, 1)).toThrow('"b"');
  });

  test.each(['', '-1', '1.5', '1e3', '101', '0x1', 'NaN'])(
    '--n=%s is no whole number from 0 to 100',
    (text) => {
      expect(() => wholeNumber(parse(`--n=${text}`), 'n', 7, 0, 100)).toThrow('a whole number from 0 to 100');
    },
  );

  test('a whole number, and its default', () => {
    expect(wholeNumber(parse('--n 42'), 'n', 7, 0, 100)).toBe(42);
    expect(wholeNumber(parse(''), 'n', 7, 0, 100)).toBe(7);
  });
});

describe('--attrs', () => {
  const declared: Record<string, Attribute> = {
    causal: { kind: 'boolean', default: false },
    scale: { kind: 'number', default: null },
    window: { kind: 'number', default: null, integer: true, min: 1, max: 99 },
    mode: { kind: 'choice', default: 'a', options: ['a', 'b'] },
    k: { kind: 'numbers', default: [1], lengths: [1, 2], min: 1 },
    padding: { kind: 'numbers', default: [0], lengths: [4], min: 0, words: ['same'] },
  };
  const defaults = { causal: false, scale: null, window: null, mode: 'a', k: [1], padding: [0] };

  test.each<[string | undefined, object]>([
    [undefined, {}],
    ['{}', {}],
    ['{"causal": true, "scale": 0.5, "window": 3}', { causal: true, scale: 0.5, window: 3 }],
    ['{"scale": null, "mode": "b", "k": 3}', { mode: 'b', k: 3 }],
    ['{"k": [3, 5]}', { k: [3, 5] }],
    ['{"padding": "same"}', { padding: 'same' }],
    ['{"padding": [0, 1, 2, 3]}', { padding: [0, 1, 2, 3] }],
  ])('%s', (json, changed) => {
    expect(parseAttrs(declared, json)).toEqual({ ...defaults, ...changed });
  });

  test.each([
    ['{', '--attrs is not JSON: {; allowed: an object'],
    ['[1]', '--attrs is [1]; allowed: an object'],
    ['null', '--attrs is null'],
    ['{"casual": true}', 'attribute "casual" is not known; allowed: causal, scale, window, mode, k, padding'],
    ['{"__proto__": 1}', 'attribute "__proto__" is not known'],
    ['{"causal": 1}', 'attribute "causal" is 1; allowed: true, false'],
    ['{"causal": null}', 'attribute "causal" is null; allowed: true, false'],
    ['{"scale": "1"}', 'attribute "scale" is "1"; allowed: a number'],
    ['{"scale": 1e999}', 'attribute "scale" is Infinity; allowed: a number'],
    ['{"window": 0}', 'attribute "window" is 0; allowed: a whole number from 1 to 99'],
    ['{"window": 2.5}', 'attribute "window" is 2.5'],
    ['{"mode": "c"}', 'attribute "mode" is "c"; allowed: "a", "b"'],
    ['{"k": [1, 2, 3]}', 'attribute "k" is [1,2,3]; allowed: a whole number from 1, or a list of 1 or 2'],
    ['{"k": [0]}', 'attribute "k" is [0]'],
    ['{"k": []}', 'attribute "k" is []'],
    ['{"k": "same"}', 'attribute "k" is "same"; allowed: a whole number from 1'],
    [
      '{"padding": "valid"}',
      'attribute "padding" is "valid"; allowed: "same", a whole number from 0, or a list of 4',
    ],
  ])('%s is refused', (json, message) => {
    expect(() => parseAttrs(declared, json)).toThrow(message);
  });
});

describe('inputs of an operation', () => {
  const kernel = {
    inputs: {
      q: { dtypes: ['f32', 'f16'] as DType[], shape: '[S, D]' },
      lse: { dtypes: ['f32'] as DType[], shape: '[S]' },
      mask: { dtypes: ['u8'] as DType[], shape: '[S]', optional: true },
    },
  };
  const q = tensor('f32', [1, 2], [1 + 2 ** -11, 3]);
  const lse = tensor('f32', [1], [0.1]);
  const given = (entries: Record<string, HostTensor>): Map<string, HostTensor> =>
    new Map(Object.entries(entries));

  test('the first float decides, and another type is rounded to nearest even', () => {
    const plain = opInputs(kernel, given({ lse, q }), undefined);
    expect(plain).toEqual({ tensors: { q, lse }, dtype: 'f32' });
    expect(Object.keys(plain.tensors)).toEqual(['q', 'lse']);
    const half = opInputs(kernel, given({ q, lse }), 'f16');
    expect(half.tensors.q?.data).toEqual(encodeHalf([1, 3]));
    expect(half.tensors.lse).toBe(lse);
    expect(opInputs(kernel, given({ q: half.tensors.q!, lse }), undefined).dtype).toBe('f16');
    expect(opInputs(kernel, given({ q: half.tensors.q!, lse }), 'f32').tensors.q?.dtype).toBe('f32');
  });

  test.each<[Record<string, HostTensor>, string]>([
    [{ q }, 'input "lse" is missing; this operation needs q [S, D], lse [S], mask [S] (optional)'],
    [{ q, lse, x: q }, 'input "x" is not known; this operation takes q, lse, mask'],
    [{ q: tensor('i32', [1], [1]), lse }, 'input "q" has type i32; allowed: f32, f16'],
    [{ q, lse, mask: tensor('i32', [1], [1]) }, 'input "mask" has type i32; allowed: u8'],
    [{ q, lse, mask: q }, 'input "mask" has type f32; allowed: u8'],
  ])('%#: refused with the name', (entries, message) => {
    expect(() => opInputs(kernel, given(entries), undefined)).toThrow(message);
  });

  test('integers stay, and a float type says nothing about them', () => {
    const x = tensor('i32', [2], [2 ** 30 + 1, -5]);
    const max = { inputs: { x: { dtypes: ['f32', 'i32'] as DType[], shape: '[n]' } } };
    expect(opInputs(max, given({ x }), undefined)).toEqual({ tensors: { x }, dtype: undefined });
    expect(() => opInputs(max, given({ x }), 'f16')).toThrow('--dtype f16');
    expect(() => opInputs(max, given({ x: q }), 'f16')).toThrow('input "x" has type f16; allowed: f32, i32');
  });
});

describe('output', () => {
  const collect = (isTTY: boolean, json: boolean) => {
    const written = { out: '', err: '' };
    const streams = {
      out: { write: (text: string) => (written.out += text) },
      err: { write: (text: string) => (written.err += text), isTTY, columns: 20 },
    };
    return { written, output: outputTo(streams, json) };
  };

  test('results alone go to stdout', () => {
    const { written, output } = collect(false, true);
    output.progress('one');
    output.progress('two');
    output.note('careful');
    output.print('{}');
    expect(written).toEqual({ out: '{}\n', err: 'one\ncareful\n' });
  });

  test('on a terminal progress is one line that gives way', () => {
    const { written, output } = collect(true, false);
    output.progress('a line that is far too long');
    output.print('result');
    expect(written.err).toBe(`a line that is far \r${' '.repeat(19)}\r`);
  });

  test('tables align numbers to the right', () => {
    expect(
      table(
        ['name', 'ms'],
        [
          ['a', 1.23456],
          ['long', undefined],
        ],
      ),
    ).toBe('name     ms\na     1.235\nlong');
    expect([0, 1e-7, 123456789, 0.1, NaN, null].map(cellText)).toEqual([
      '0',
      '1.00e-7',
      '123456789',
      '0.1',
      'NaN',
      '',
    ]);
  });
});
