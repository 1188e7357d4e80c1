/** half.wgsl against the host's codec: every half, bfloat and neighbour of a tie, and random words, bit for bit. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bindPlan } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import type { Shader } from '@/gpu/kernel';
import { Recorder } from '@/gpu/recorder';
import { openTestDevice } from '@/gpu/testing';
import { download, upload } from '@/gpu/transfer';
import { fromHalf, toHalf } from '@/lib/half';
import { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import code from './half.wgsl?raw';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

const half: Shader = { file: 'lib/half.wgsl', code };

async function onDevice(expression: string, words: Uint32Array<ArrayBuffer>) {
  const shader: Shader = {
    file: 'half.test.wgsl',
    code: `@compute @workgroup_size(64)
      fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
        let i = group_index(group) * 64u + local;
        let x = words[i];
        out[i] = ${expression};
      }`,
    uses: [half],
  };
  const scope = device.root.child('half');
  try {
    const shape = [words.length];
    const tensors = {
      words: upload(device, scope, 'words', tensor('u32', shape, words)),
      out: scope.tensor('out', { dtype: 'u32', shape }),
    };
    const pass = {
      shader,
      bindings: [
        { name: 'words', access: 'read' },
        { name: 'out', access: 'read_write' },
      ],
      groups: words.length / 64,
      flops: words.length,
    } as const;
    await new Recorder(device).add(await bindPlan(device, scope, { passes: [pass] }, tensors, 'test')).run();
    return (await download(device, tensors.out)).data as Uint32Array;
  } finally {
    scope.close();
  }
}

const f32 = new Float32Array(1);
const bits = new Uint32Array(f32.buffer);
const bitsOf = (x: number): number => ((f32[0] = x), bits[0]!);
const floatOf = (word: number): number => ((bits[0] = word), f32[0]!);

/** Every tie between two halves or two bfloats with its neighbours, halves themselves, and random patterns. */
function hostile(): Uint32Array<ArrayBuffer> {
  const random = new Random(3);
  const words = new Set<number>();
  const around = (word: number) => {
    for (const near of [word - 1, word, word + 1]) words.add(near >>> 0);
  };
  for (let h = 0; h < 0x7c00; h++) {
    around(bitsOf(fromHalf(h)));
    around(bitsOf((fromHalf(h) + (h === 0x7bff ? 65536 : fromHalf(h + 1))) / 2));
  }
  for (let b = 0; b < 0x7f80; b++) around(b * 65536 + 32768);
  for (let i = 0; i < 50_000; i++) words.add(random.int(0, 0x7fffffff));
  words.add(0x7f800000).add(0x7f800001).add(0x7fc00000);
  const list = [...words].flatMap((word) => [word, (word | 0x80000000) >>> 0]);
  const padded = new Uint32Array(Math.ceil(list.length / 64) * 64);
  padded.set(list);
  return padded;
}

const hex = (word: number): string => word.toString(16);

function sameAs(found: Uint32Array, words: Uint32Array, expected: (word: number) => number): void {
  const wrong = words.findIndex((word, i) => found[i] !== expected(word) >>> 0);
  if (wrong < 0) return;
  const at = words[wrong]!;
  expect([at, found[wrong]!].map(hex)).toEqual([at, expected(at) >>> 0].map(hex));
}

test('f32 to half', async () => {
  const words = hostile();
  sameAs(await onDevice('half_from_f32_bits(x)', words), words, (word) => toHalf(floatOf(word)));
});

test('every half to f32', async () => {
  const words = Uint32Array.from({ length: 65536 }, (_, h) => h);
  sameAs(await onDevice('f32_bits_from_half(x)', words), words, (h) =>
    (h & 0x7fff) > 0x7c00 ? ((h & 0x8000) << 16) | 0x7f800000 | ((h & 0x3ff) << 13) : bitsOf(fromHalf(h)),
  );
});

test('f32 to bfloat and back: the nearest of the two beside it, ties to even', async () => {
  const words = hostile();
  sameAs(await onDevice('f32_bits_from_bfloat(bfloat_from_f32_bits(x))', words), words, (word) => {
    if ((word & 0x7fffffff) > 0x7f800000) return (word & 0x80000000) | 0x7fc00000;
    const below = word - (word % 65536);
    const rest = word % 65536;
    return below + (rest > 32768 || (rest === 32768 && (below / 65536) % 2 === 1) ? 65536 : 0);
  });
});

test('f32 rounded to half in place', async () => {
  const words = hostile().filter((word) => (word & 0x7fffffff) < 0x7f800000);
  const whole = words.subarray(0, words.length - (words.length % 64));
  // The word itself goes through: a float that passes through arithmetic may lose its subnormals.
  const found = await onDevice(
    'bitcast<vec4u>(rounded_to_half(bitcast<vec4f>(vec4u(x, x, 0u, 0u)))).y',
    whole,
  );
  sameAs(found, whole, (word) => bitsOf(fromHalf(toHalf(floatOf(word)))));
});
