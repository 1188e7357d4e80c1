/** gauss.wgsl against the host's normals in float64: many blocks, and bits at the ends of every range it splits. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bindPlan } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import type { Shader } from '@/gpu/kernel';
import { Recorder } from '@/gpu/recorder';
import { openTestDevice } from '@/gpu/testing';
import { download, upload } from '@/gpu/transfer';
import { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import { gaussShader, normals } from './gauss';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

/** `body` gives the vec4f of place i, in which `pairs` [n, 2] can be read. */
async function onDevice(
  width: 1 | 2 | 4,
  body: string,
  pairs: Uint32Array<ArrayBuffer>,
): Promise<Float32Array> {
  const n = pairs.length / 2;
  const shader: Shader = {
    file: 'gauss.test.wgsl',
    code: `@compute @workgroup_size(64)
      fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
        let i = group_index(group) * 64u + local;
        if i >= ${n}u { return; }
        let given = pairs[i];
        ${body}
      }`,
    uses: [gaussShader(width)],
  };
  const scope = device.root.child('gauss');
  try {
    const tensors = {
      pairs: upload(device, scope, 'pairs', tensor('u32', [n, 2], pairs)),
      out: scope.tensor('out', { dtype: 'f32', shape: [n, 4] }),
    };
    const pass = {
      shader,
      bindings: [
        { name: 'pairs', access: 'read', vec: 2 },
        { name: 'out', access: 'read_write', vec: 4 },
      ],
      groups: Math.ceil(n / 64),
      flops: 100 * n,
    } as const;
    await new Recorder(device).add(await bindPlan(device, scope, { passes: [pass] }, tensors, 'test')).run();
    return (await download(device, tensors.out)).data as Float32Array;
  } finally {
    scope.close();
  }
}

/** Both ends, the turn between the logarithm's two ways, every eighth of a turn, and powers of 2, with neighbours. */
function extremes(): number[] {
  const middle = [0, 2 ** 32 - 1, 0xb504f333, ...Array.from({ length: 8 }, (_, i) => i * 2 ** 29)];
  for (let k = 0; k < 32; k++) middle.push(2 ** k, 2 ** 32 - 2 ** k);
  const all = middle.flatMap((bits) => [-2, -1, 0, 1, 2].map((by) => bits + by));
  return [...new Set(all.filter((bits) => bits >= 0 && bits < 2 ** 32))];
}

describe.each([1, 2, 4] as const)('%i at a time', (width) => {
  test('every pair of bits gives the host’s normals', async () => {
    const ends = extremes();
    const random = new Random(5);
    const pairs = [
      ...ends.flatMap((radius) => ends.map((angle) => [radius, angle] as const)),
      ...Array.from({ length: 100_000 }, () => [random.bits(), random.bits()] as const),
    ];
    const expand = width === 1 ? '' : `vec${width}<u32>`;
    const body = `let pair = gauss(${expand}(given.x), ${expand}(given.y));
      store_out(i, vec4f(${width === 1 ? 'pair.first, pair.second' : 'pair.first.y, pair.second.y'}, 0.0, 0.0));`;
    const out = await onDevice(width, body, Uint32Array.from(pairs.flat()));
    let worst = 0;
    let relative = 0;
    pairs.forEach(([radius, angle], i) => {
      const r = Math.sqrt(-2 * Math.log1p(-(2 ** 32 - radius - 0.5) / 2 ** 32));
      const at = (2 * Math.PI * (angle + 0.5)) / 2 ** 32;
      const wrong = Math.hypot(out[4 * i]! - r * Math.cos(at), out[4 * i + 1]! - r * Math.sin(at));
      worst = Math.max(worst, wrong);
      relative = Math.max(relative, wrong / r);
    });
    expect(worst).toBeLessThan(2e-6);
    expect(relative).toBeLessThan(4e-7);
  });
});

test('a block on the GPU is the host’s block, and what Random draws', async () => {
  const random = new Random(11);
  const keys = Array.from({ length: 4096 }, () => [random.bits(), random.bits()] as const);
  const body = `let bits = philox(i, given.x, given.y);
    let pair = gauss(bits.xz, bits.yw);
    store_out(i, vec4f(pair.first.x, pair.second.x, pair.first.y, pair.second.y));`;
  const out = await onDevice(2, body, Uint32Array.from(keys.flat()));
  let worst = 0;
  keys.forEach(([seed, stream], i) => {
    normals(i, seed, stream).forEach((z, j) => (worst = Math.max(worst, Math.abs(z - out[4 * i + j]!))));
  });
  expect(worst).toBeLessThan(2e-6);
  const drawn = new Random(3, 9);
  expect(normals(0, 3, 9)).toEqual([drawn.normal(), drawn.normal(), drawn.normal(), drawn.normal()]);
});
