import { expect, test } from 'vitest';
import { faultsOf } from './declaration';
import type { DemoDecl } from './demo';
import { range, seed, toggle } from './schema';
import { sampleDemo } from './testing';

const label = { en: 'x', zh: 'x' };
const preset = (params: object) => ({ id: 'p', title: label, note: label, params });

test('a sound declaration has no faults', () => {
  expect(faultsOf(sampleDemo)).toEqual([]);
});

test.each<[string, Partial<DemoDecl>, string]>([
  [
    'names',
    { params: { ...sampleDemo.params, kvHeads: toggle({ label, default: false }) } },
    '"kvHeads" is not in kebab-case',
  ],
  [
    'reserved',
    { params: { ...sampleDemo.params, out: toggle({ label, default: false }) } },
    '"out" is reserved',
  ],
  [
    'seed of another kind',
    { params: { ...sampleDemo.params, seed: toggle({ label, default: false }) } },
    '"seed" is reserved',
  ],
  [
    'default',
    { params: { ...sampleDemo.params, z: range({ label, min: 1, max: 2, default: 3 }) } },
    'defaults: z: "3" is not',
  ],
  ['seed', { params: { ...sampleDemo.params, seed: seed({ default: -1 }) } }, 'defaults: seed: "-1" is not'],
  ['preset', { presets: [preset({ n: 5000 })] }, 'preset "p": n: "5000" is not possible'],
  ['preset against a rule', { presets: [preset({ heads: 6, 'kv-heads': 4 })] }, 'preset "p": kv-heads: "4"'],
  ['preset twice', { presets: [preset({}), preset({})] }, 'there are two of preset "p"'],
  ['preset of nothing', { presets: [preset({ m: 1 })] }, 'preset "p": there is no parameter "m"'],
  [
    'chart',
    { charts: [{ ...sampleDemo.charts[0]!, x: { ...sampleDemo.charts[0]!.x, values: [64, 9999] } }] },
    'n cannot be 9999',
  ],
  ['size', { size: () => 'dtype' }, 'size: "dtype" is not a range'],
  [
    'smoke',
    { smoke: { params: {}, metrics: { some: [0, 1] }, measurements: [] } },
    'there is no metric "some"',
  ],
])('%s', (_what, change, fault) => {
  expect(faultsOf({ ...sampleDemo, ...change }).join('\n')).toContain(fault);
});
