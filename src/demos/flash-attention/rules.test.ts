/** Rules between parameters, and that every preset, chart and default keeps them. */
import { expect, test } from 'vitest';
import { defaultsOf } from '@/lab/schema';
import { applyRules, strict } from '@/lab/validate';
import { kernel as backward } from '@/shaders/attention-backward/kernel';
import { kernel as forward } from '@/shaders/attention/kernel';
import type { DemoDecl } from '@/lab/demo';
import { demo as declared } from './demo';
import { shapeOf } from './inputs';
import type { Params } from './params';

// As the laboratory holds it: a declaration of any demo.
const demo = declared as unknown as DemoDecl;

const settle = (patch: Partial<Params>): Params =>
  applyRules(demo, { ...defaultsOf(demo.params), ...patch }).params as Params;

test('defaults, presets and the smoke test are possible as they stand', () => {
  const all = [{}, demo.smoke.params, ...demo.presets.map(({ params }) => params)];
  for (const patch of all) expect(settle(patch)).toEqual({ ...defaultsOf(demo.params), ...patch });
});

test('key heads divide query heads', () => {
  expect(settle({ heads: 12, 'kv-heads': 5 })['kv-heads']).toBe(4);
  expect(settle({ heads: 6, 'kv-heads': 32 })['kv-heads']).toBe(6);
  expect(shapeOf(settle({ heads: 6, 'kv-heads': 0 })).Hkv).toBe(6);
  expect(() => strict(demo, { heads: '6', 'kv-heads': '4' })).toThrow('a divisor of heads = 6: 1, 2, 3, 6');
});

test('the head size is a multiple of four', () => {
  expect(settle({ 'head-dim': 66 })['head-dim']).toBe(68);
  expect(settle({ 'head-dim': 255 })['head-dim']).toBe(256);
});

test('the product of all sizes is bounded, and n gives way', () => {
  const { n, heads, batch, 'head-dim': dim } = settle({ n: 65536, heads: 32, batch: 16, 'head-dim': 256 });
  expect(n).toBe(512);
  expect(n * heads * batch * dim).toBe(2 ** 26);
});

test('a file input needs its file', () => {
  expect(settle({ input: 'file' }).input).toBe('random');
  const tensors = { name: 'x.safetensors', bytes: 1, sha256: '0'.repeat(64) };
  expect(settle({ input: 'file', tensors }).input).toBe('file');
});

test('every kernel variant that the demo offers or charts exists', () => {
  const offered = Object.keys(declared.params.variant.options).filter((name) => name !== 'auto');
  expect(offered.sort()).toEqual(Object.keys(forward.variants).sort());
  for (const { series } of demo.charts) {
    for (const { name, variant, device } of series) {
      if (device !== 'gpu') continue;
      const { variants } = name === 'attention.backward' ? backward : forward;
      expect(Object.keys(variants)).toContain(variant);
    }
  }
});
