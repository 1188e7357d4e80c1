/** Networks block by block: what the papers' tables say, and that any block runs right by itself. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipped } from '@/cli/shipped';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { memoryStore, Tuner } from '@/gpu/tuner';
import { defaultsOf } from '@/lab/schema';
import { Pool } from '@/lib/pool';
import { cpuWorker } from '@/shaders/cpu-worker';
import { aboutNetwork, chosen, comparedWith, lineage } from './blocks';
import { BlockSession } from './blockSession';
import { demo } from './demo';
import type { Params } from './params';
import { placed } from './view/diagram';

let device: Device;
const pool = new Pool(1, () => ({ worker: cpuWorker(), terminate: () => undefined }));
const { signal } = new AbortController();
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => {
  device.close();
});

test('blocks have the sizes and extras of the tables, and their sums are the networks’', () => {
  const v2 = aboutNetwork('mobilenet-v2');
  expect(v2.parameters).toBe(3_504_872);
  expect(v2.blocks.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(v2.parameters);
  expect(v2.blocks.reduce((sum, { macs }) => sum + macs, 0)).toBe(v2.macs);
  // The second of 24 channels: 56 × 56, six times wider inside, residual, no squeeze.
  const block = chosen(v2, 3);
  expect(block).toMatchObject({ input: [56, 56, 24], output: [56, 56, 24], shortcut: 'add' });
  expect(block.block).toMatchObject({ expansion: 6, kernel: 3, stride: 1 });
  expect(block.activations).toEqual(['relu6']);
  expect(aboutNetwork('mobilenet-v1').blocks.every(({ shortcut }) => shortcut === undefined)).toBe(true);
  expect(chosen(aboutNetwork('efficientnet-b0'), 1).block.squeezed).toBe(8);
  expect(chosen(aboutNetwork('shufflenet-v2-x1.0'), 3).shortcut).toBe('concat');
  expect(chosen(v2, 999).block.name).toBe('head');
});

test('another network stands beside the five; equal sizes of image face each other', () => {
  expect(comparedWith('mobilenet-v2')).toEqual(lineage);
  expect(comparedWith('googlenet')).toEqual([...lineage, 'googlenet']);
  const networks = lineage.map(aboutNetwork);
  const { bands, blocks, rows } = placed(networks);
  expect(bands.map(({ side }) => side)).toEqual([112, 56, 28, 14, 7, 1]);
  expect(blocks).toHaveLength(networks.reduce((sum, { blocks: all }) => sum + all.length, 0));
  expect(new Set(blocks.map(({ network, row }) => `${network} ${row}`)).size).toBe(blocks.length);
  for (const { network, block, row } of blocks) {
    const band = bands.find(({ side }) => side === networks[network]!.blocks[block]!.output[0])!;
    expect(row).toBeGreaterThanOrEqual(band.from);
    expect(row).toBeLessThan(Math.min(rows, band.from + band.rows));
  }
});

test.each([
  ['efficientnet-b0', 12],
  ['shufflenet-v2-x1.0', 14],
  ['mobilenet-v3-small', 999],
] as const)('block %s %i runs by itself, right against float64', async (network, block) => {
  const scope = device.root.child('demo');
  const params: Params = { ...defaultsOf(demo.params), show: 'blocks', network, block };
  const session = new BlockSession(
    { device, scope, pool, tuner: new Tuner(memoryStore()), shipped, files: {} },
    params,
  );
  const metrics = await session.step(1, signal);
  expect(metrics['block-macs']).toBe(chosen(aboutNetwork(network), block).macs);
  expect(await session.verify(signal)).toMatchObject([{ pass: true }]);
  expect((await session.read('y')).shape[0]).toBe(1);
  scope.close();
  expect(device.root.live).toBe(0);
});
