/**
 * The workgroup-memory variant is held to its model, as software adapters cannot time it: a tile of R rows of q comes
 * from memory once, and the keys and values past it once, so D words for each row and 2·D/R for each pair that is
 * seen; o and lse go out once. Counted in the shader that ships.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bindPlan, problemOf } from '@/gpu/bind';
import type { Capabilities } from '@/gpu/capabilities';
import type { Device } from '@/gpu/device';
import { Recorder } from '@/gpu/recorder';
import { makeOutputs } from '@/gpu/run';
import { compileQuickly, openTestDevice } from '@/gpu/testing';
import { countTraffic } from '@/gpu/traffic';
import { download, uploadAll } from '@/gpu/transfer';
import { compare } from '@/lib/compare';
import { Random } from '@/lib/random';
import { dtypeBytes, sizeOf, tensor, valuesOf, type HostTensors } from '@/lib/tensor';
import { dims, visiblePairs, type AttentionAttrs } from './dims';
import { kernel } from './kernel';
import { reference } from './reference';
import { planWith, tilesFor } from './tiled';

/** A CPU adapter compiles each tile for seconds. */
const COMPILE_MS = 300_000;

let device: Device;
beforeAll(async () => {
  compileQuickly();
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

interface Setup extends Partial<AttentionAttrs> {
  readonly H?: number;
  readonly Hkv?: number;
  readonly S: number;
  readonly T?: number;
  readonly D?: number;
  readonly dtype?: 'f32' | 'f16';
}

/** Counts do not depend on the values. */
function setUp({ H = 1, Hkv = H, S, T = S, D = 64, dtype = 'f32', ...attrs }: Setup) {
  const zeros = (heads: number, rows: number) =>
    tensor(dtype, [1, heads, rows, D], new Float32Array(heads * rows * D));
  const inputs: HostTensors = { q: zeros(H, S), k: zeros(Hkv, T), v: zeros(Hkv, T) };
  return {
    inputs,
    problem: problemOf(kernel, inputs, { causal: false, scale: null, window: null, ...attrs }),
  };
}

async function count({ inputs, problem }: ReturnType<typeof setUp>, plan: ReturnType<typeof planWith>) {
  const scope = device.root.child('test');
  const tensors = { ...uploadAll(device, scope, inputs), ...makeOutputs(device, scope, problem.outputs) };
  const found = await countTraffic(device, scope, plan, tensors);
  scope.close();
  expect(device.root.live).toBe(0);
  return found;
}

const setups: readonly (readonly [string, Setup])[] = [
  ['N=256', { S: 256 }],
  ['N=512', { S: 512 }],
  ['N=1024', { S: 1024 }],
  ['N=512, causal', { S: 512, causal: true }],
  ['N=1024, causal', { S: 1024, causal: true }],
  ['N=1024, causal, a window of 512', { S: 1024, causal: true, window: 512 }],
  ['fewer queries than keys, causal', { S: 300, T: 900, causal: true }],
  ['N=512, D=32', { S: 512, D: 32 }],
  ['N=256, D=128', { S: 256, D: 128 }],
  ['N=250, no multiple of a tile, D=20', { S: 250, D: 20 }],
  ['N=256, six heads share two', { H: 6, Hkv: 2, S: 256 }],
  ['N=512, f16', { S: 512, dtype: 'f16' }],
];

test.each(setups)('loads are within 1.2 of the model: %s', { timeout: COMPILE_MS }, async (_, setup) => {
  const made = setUp(setup);
  const { problem } = made;
  const d = dims(problem);
  const fitting = tilesFor(problem, device.caps);
  expect(fitting.length).toBeGreaterThan(2);
  // Every tile at one head size; at the others, which compile anew, the one that runs and the smallest.
  for (const tile of d.D === 64 && !setup.dtype ? fitting : [fitting[0]!, fitting.at(-1)!]) {
    const { q, k, v, o, lse } = await count(made, planWith(tile, problem, device.caps));
    const bytes = dtypeBytes(setup.dtype ?? 'f32');
    const model = bytes * d.H * d.D * (d.S + (2 * visiblePairs(d)) / tile.ROWS);
    const ratio = (q!.loaded + k!.loaded + v!.loaded) / model;
    expect(ratio, `${tile.ROWS} rows`).toBeGreaterThan(0.999);
    expect(ratio, `${tile.ROWS} rows`).toBeLessThan(1.2);
    expect(k).toEqual(v);
    expect([o, lse]).toEqual([
      { loaded: 0, stored: bytes * d.H * d.S * d.D },
      { loaded: 0, stored: 4 * d.H * d.S },
    ]);
  }
});

test('the naive kernels move the matrix, and more of it the longer the sequence', async () => {
  const matrix = async (S: number) => {
    const made = setUp({ S });
    const { scores } = await count(made, kernel.variants.naive!.plan(made.problem, device.caps));
    return scores!.loaded + scores!.stored;
  };
  const [short, long] = [await matrix(128), await matrix(256)];
  // Written; read, read and written, read and written by softmax; read once for each vec4 of the 64 columns.
  expect(short).toBe(4 * 128 ** 2 * (6 + 16));
  expect(long).toBe(4 * short);
});

test(
  'as on a GPU, with loops unrolled and the head size a constant, each tile is right',
  { timeout: COMPILE_MS },
  async () => {
    const shape = { H: 4, Hkv: 2, S: 70, T: 90, D: 36, causal: true };
    const { problem, inputs: zeros } = setUp(shape);
    const random = new Random(1);
    const inputs = Object.fromEntries(
      Object.entries(zeros).map(([name, { dtype, shape: sizes }]) => [
        name,
        tensor(dtype, sizes, random.normals(sizeOf(sizes))),
      ]),
    );
    const rows = Array.from({ length: kernel.rows(problem) }, (_, row) => row);
    const { o } = reference(inputs, problem.attrs, rows);
    const caps = { ...device.caps, adapterKind: 'hardware' } as const;
    for (const tile of tilesFor(problem, caps)) {
      const scope = device.root.child('test');
      const outputs = makeOutputs(device, scope, problem.outputs);
      const tensors = { ...uploadAll(device, scope, inputs), ...outputs };
      const bound = await bindPlan(device, scope, planWith(tile, problem, caps), tensors, 'tiled');
      await new Recorder(device).add(bound).run();
      const { relError, notFinite } = compare(valuesOf(await download(device, outputs.o!)), o!, rows.length);
      expect([notFinite, relError < 1e-5], JSON.stringify(tile)).toEqual([0, true]);
      scope.close();
    }
  },
);

test('a GPU gets the largest tile where that fills it, and else one that has more invocations', () => {
  const caps: Capabilities = {
    ...device.caps,
    adapterKind: 'hardware',
    limits: { ...device.caps.limits, maxComputeWorkgroupStorageSize: 49152 },
  };
  const tileAt = (setup: Setup, storage = 49152) => {
    const limits = { ...caps.limits, maxComputeWorkgroupStorageSize: storage };
    const { ROWS, KEYS, MICRO } = kernel.variants.tiled!.plan(setUp(setup).problem, { ...caps, limits })
      .passes[0]!.constants!;
    return [ROWS, KEYS, MICRO];
  };
  expect(tileAt({ H: 16, S: 4096 })).toEqual([64, 32, 8]);
  expect(tileAt({ H: 16, S: 4096 }, 32768)).toEqual([64, 16, 4]);
  expect(tileAt({ H: 16, S: 4096 }, 16384)).toEqual([32, 16, 2]);
  expect(tileAt({ H: 8, S: 2048 })).toEqual([32, 32, 4]);
  expect(tileAt({ S: 1024 })).toEqual([16, 16, 1]);
  expect(tileAt({ H: 16, S: 4096, D: 256 })).toEqual([16, 16, 2]);
});
