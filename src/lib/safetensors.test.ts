import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LabError } from './errors';
import { inspect, readSafetensors, writeSafetensors } from './safetensors';
import { dtypes, tensor, type HostTensor } from './tensor';

function fileOf(
  header: string,
  data: ArrayLike<number> | Uint8Array = [],
  length?: bigint,
): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const out = new Uint8Array(8 + text.length + data.length);
  new DataView(out.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  out.set(text, 8);
  out.set(data, 8 + text.length);
  return out;
}

const one = (dtype: string, shape: unknown, offsets: unknown): string =>
  JSON.stringify({ x: { dtype, shape, data_offsets: offsets } });

function refusal(bytes: Uint8Array): string {
  try {
    readSafetensors(bytes, 'a.safetensors');
  } catch (error) {
    expect(error).toBeInstanceOf(LabError);
    expect((error as LabError).code).toBe('file.format');
    return String((error as LabError).values.reason);
  }
  throw new Error('the file was accepted');
}

const anyTensor = fc.constantFrom(...dtypes).chain((dtype) =>
  fc.array(fc.nat(4), { maxLength: 4 }).map((shape): HostTensor => {
    const size = shape.reduce((a, b) => a * b, 1);
    return tensor(
      dtype,
      shape,
      Array.from({ length: size }, (_, i) => (dtype === 'u8' ? i % 256 : i * 3.5)),
    );
  }),
);

describe('round trip', () => {
  test('whatever is written is read back, under any name', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('__proto__', 'constructor', '', '"\\'),
    );
    const files = fc.uniqueArray(fc.tuple(names, anyTensor), { selector: ([name]) => name, maxLength: 8 });
    fc.assert(
      fc.property(files, (entries) => {
        const wanted = entries.filter(([name]) => name !== '__metadata__' && name.isWellFormed());
        const read = readSafetensors(writeSafetensors(wanted, { by: 'tilewise' }));
        expect(new Map([...read].sort())).toEqual(new Map([...wanted].sort()));
      }),
    );
  });

  test('every tensor lies aligned, the header is padded with spaces, metadata survives', () => {
    const bytes = writeSafetensors(
      [
        ['mask', tensor('u8', [3], [1, 0, 1])],
        ['x', tensor('f32', [2], [1, 2])],
      ],
      { note: 'hé' },
    );
    const { tensors, metadata } = inspect(bytes);
    expect([...tensors.keys()]).toEqual(['x', 'mask']);
    expect((tensors.get('x')?.start ?? 1) % 8).toBe(0);
    expect(metadata.get('note')).toBe('hé');
  });

  test('one name twice is refused on writing', () => {
    const x = tensor('f32', [], [1]);
    expect(() =>
      writeSafetensors([
        ['x', x],
        ['x', x],
      ]),
    ).toThrow('two tensors');
  });
});

describe('stored types', () => {
  const raw = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer as ArrayBuffer);
  test.each([
    ['F64', raw(Float64Array.of(0.1, -3)), 'f32', [Math.fround(0.1), -3]],
    ['BF16', Uint8Array.of(0x80, 0x3f, 0x49, 0xc0), 'f32', [1, -3.140625]],
    ['F16', Uint8Array.of(0, 0x3c, 0, 0xc0), 'f16', [0x3c00, 0xc000]],
    ['I64', raw(BigInt64Array.of(-(2n ** 31n), 2n ** 31n - 1n)), 'i32', [-(2 ** 31), 2 ** 31 - 1]],
    ['U32', Uint8Array.of(255, 255, 255, 255, 1, 0, 0, 0), 'u32', [2 ** 32 - 1, 1]],
    ['BOOL', Uint8Array.of(1, 0), 'u8', [1, 0]],
  ])('%s', (dtype, data, becomes, values) => {
    const x = readSafetensors(fileOf(one(dtype, [2], [0, data.length]), data)).get('x');
    expect(x?.dtype).toBe(becomes);
    expect([...(x?.data ?? [])]).toEqual(values);
  });

  test('an i64 that does not fit is named', () => {
    const data = raw(BigInt64Array.of(2n ** 31n));
    expect(refusal(fileOf(one('I64', [1], [0, 8]), data))).toBe(
      'data of "x": 2147483648 does not fit into 32 bits',
    );
  });
});

describe('hostile files', () => {
  const eight = new Uint8Array(8);
  const two = (a: [number, number], b: [number, number]): string =>
    JSON.stringify({
      a: { dtype: 'F32', shape: [(a[1] - a[0]) / 4], data_offsets: a },
      b: { dtype: 'F32', shape: [(b[1] - b[0]) / 4], data_offsets: b },
    });
  test.each<[string, Uint8Array, string]>([
    ['empty', new Uint8Array(), 'header length'],
    ['seven bytes', new Uint8Array(7), 'header length'],
    ['length beyond the file', fileOf('{}', [], 3n), 'header length: 3 bytes, but only 2 follow'],
    [
      'length of 2⁶⁴−1',
      fileOf('{}', [], 2n ** 64n - 1n),
      'header length: 18446744073709552000 bytes, at most',
    ],
    ['length above the cap', fileOf('{}', [], 100_000_001n), 'at most 100000000 are allowed'],
    ['length of nothing', fileOf('', []), 'header: "{" is missing at character 0'],
    ['not UTF-8', fileOf('{"x":1}').fill(0xff, 9, 10), 'header: not UTF-8'],
    ['not an object', fileOf('[]'), '"{" is missing'],
    ['cut off', fileOf('{"x":{"dtype":"F3'), 'ends inside dtype of "x"'],
    ['text behind', fileOf('{} {}'), 'something follows its end'],
    ['bad escape', fileOf('{"\\q":1}'), 'not a valid JSON string'],
    [
      'same name twice',
      fileOf(`{"x":${one('F32', [], [0, 4]).slice(5, -1)},"\\u0078":{}}`, eight),
      '"x" appears twice',
    ],
    ['field twice', fileOf('{"x":{"dtype":"F32","dtype":"F16"}}'), 'dtype of "x" appears twice'],
    ['unknown field', fileOf('{"x":{"stride":[1]}}'), 'field "stride" of "x" is not known'],
    ['no dtype', fileOf('{"x":{"shape":[2],"data_offsets":[0,8]}}', eight), 'dtype of "x" is missing'],
    ['no shape', fileOf('{"x":{"dtype":"F32","data_offsets":[0,8]}}', eight), 'shape of "x" is missing'],
    ['no offsets', fileOf('{"x":{"dtype":"F32","shape":[2]}}', eight), 'data_offsets of "x" is missing'],
    ['unknown dtype', fileOf(one('F8_E4M3', [8], [0, 8]), eight), 'dtype of "x": "F8_E4M3", allowed: F64'],
    ['dtype from Object', fileOf(one('constructor', [8], [0, 8]), eight), 'dtype of "x": "constructor"'],
    ['dtype a number', fileOf('{"x":{"dtype":32}}'), 'dtype of "x"'],
    ['negative extent', fileOf(one('F32', [-2], [0, 8]), eight), 'shape of "x": only whole numbers'],
    ['fractional extent', fileOf(one('F32', [1.5], [0, 8]), eight), 'shape of "x": only whole numbers'],
    ['exponent', fileOf('{"x":{"dtype":"F32","shape":[2e0]}}'), 'shape of "x": only whole numbers'],
    ['extent null', fileOf(one('F32', [null], [0, 8]), eight), 'shape of "x": only whole numbers'],
    [
      'extent beyond a double',
      fileOf('{"x":{"shape":[9007199254740993]}}'),
      'shape of "x": 9007199254740993 is too',
    ],
    [
      'overflowing shape',
      fileOf(one('F32', [2 ** 40, 2 ** 40, 0], [0, 8]), eight),
      'shape of "x": more elements',
    ],
    [
      'shape larger than file',
      fileOf(one('F32', [2 ** 40], [0, 8]), eight),
      'but its shape and dtype need 4398046511104',
    ],
    [
      'offsets too large',
      fileOf(one('U8', [2 ** 40], [0, 2 ** 40]), eight),
      'data_offsets of "x": ends at 1099511627776',
    ],
    ['offsets backwards', fileOf(one('F32', [2], [8, 0]), eight), 'data_offsets of "x": 8 is after 0'],
    ['three offsets', fileOf(one('F32', [2], [0, 8, 8]), eight), 'data_offsets of "x": 3 numbers'],
    ['overlap', fileOf(two([0, 8], [4, 8]), eight), 'data_offsets of "b": starts at 4, inside'],
    [
      'hole',
      fileOf(two([0, 4], [8, 12]), new Uint8Array(12)),
      'data_offsets of "b": bytes 4 to 8 belong to no',
    ],
    ['hole at the start', fileOf(one('F32', [1], [4, 8]), eight), 'bytes 0 to 4 belong to no tensor'],
    ['rest', fileOf(one('F32', [1], [0, 4]), eight), 'data: 8 bytes, but the tensors fill 4'],
    ['metadata not text', fileOf('{"__metadata__":{"a":1}}'), 'a value of __metadata__'],
    ['metadata twice', fileOf('{"__metadata__":{},"__metadata__":{}}'), '"__metadata__" appears twice'],
  ])('%s', (_what, bytes, reason) => {
    expect(refusal(bytes)).toContain(reason);
  });

  test('no change of bytes or length breaks the reader', () => {
    const good = writeSafetensors([
      ['a', tensor('f32', [2, 2], [1, 2, 3, 4])],
      ['__proto__', tensor('u8', [3], [1, 2, 3])],
    ]);
    const change = fc.record({ at: fc.nat(good.length - 1), to: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.nat(good.length), (changes, length) => {
        const bytes = good.slice();
        for (const { at, to } of changes) bytes[at] = to;
        try {
          readSafetensors(bytes.subarray(0, length));
        } catch (error) {
          expect(error).toBeInstanceOf(LabError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('a name of a million characters comes back short', () => {
    expect(refusal(fileOf(`{"${'n'.repeat(1e6)}":{"dtype":"F32"}}`)).length).toBeLessThan(120);
  });

  test('deep nesting is no deep recursion', () => {
    expect(refusal(fileOf(`{"x":${'['.repeat(1e6)}`))).toContain('entry of "x"');
  });
});
