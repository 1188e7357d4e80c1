/** Counted accesses of shaders whose accesses are known, in each storage; what goes uncounted does not compile. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from './device';
import type { Binding, Pass } from './kernel';
import { openTestDevice } from './testing';
import { countTraffic } from './traffic';
import { uploadAll } from './transfer';
import { tensor } from '@/lib/tensor';

const devices: Device[] = [];
beforeAll(async () => {
  devices.push(await openTestDevice(), await openTestDevice({ without: ['shader-f16'] }));
});
afterAll(() => {
  for (const device of devices) device.close();
});

/** n invocations, one a workgroup; x, y, z hold n vec4 each. */
const pass = (body: string, ...more: readonly Binding[]): Pass => ({
  shader: {
    file: 'counted.wgsl',
    code: `@compute @workgroup_size(1) fn main(@builtin(workgroup_id) w: vec3u) { let i = group_index(w); ${body} }`,
  },
  bindings: [
    { name: 'x', access: 'read', vec: 4 },
    { name: 'result', buffer: 'y', access: 'read_write', vec: 4 },
    ...more,
  ],
  groups: 10,
  flops: 10,
});

test.each(['f32', 'f16', 'packed'] as const)('loads and stores of %s, over passes', async (storage) => {
  const device = devices[storage === 'packed' ? 1 : 0]!;
  const bytes = storage === 'f32' ? 16 : 8;
  const scope = device.root.child('test');
  const zeros = tensor(storage === 'f32' ? 'f32' : 'f16', [40], new Float32Array(40));
  const tensors = uploadAll(device, scope, { x: zeros, y: zeros });
  const z: Binding = { name: 'z', access: 'read_write', vec: 2 };
  const passes = [
    pass('if (i < 3u) { store_result(i, load_x(i) + load_x(i + 1u)); }'),
    pass('store_result(i, load_result(i)); store_z(i, vec2f(1.0));', z),
  ];
  const found = await countTraffic(device, scope, { scratch: { z: 80 }, passes }, tensors);
  expect(found).toEqual({
    x: { loaded: 6 * bytes, stored: 0 },
    y: { loaded: 10 * bytes, stored: 13 * bytes },
    z: { loaded: 0, stored: 80 },
  });
  scope.close();
  expect(device.root.live).toBe(0);
});

test('an access past the accessors does not compile', async () => {
  const device = devices[0]!;
  const scope = device.root.child('test');
  const zeros = tensor('f32', [40], new Float32Array(40));
  const tensors = uploadAll(device, scope, { x: zeros, y: zeros });
  const plan = { passes: [pass('store_result(i, x[i]);')] };
  await expect(countTraffic(device, scope, plan, tensors)).rejects.toMatchObject({ code: 'gpu.compile' });
  scope.close();
});
