/** Every kernel's baseline, split by rows as workers split it, against the float64 reference on random problems. */
import { describe, expect, test } from 'vitest';
import { problemOf } from '@/gpu/bind';
import { toleranceOf } from '@/gpu/check';
import type { BaselineInput } from '@/gpu/kernel';
import { compare } from '@/lib/compare';
import { Random } from '@/lib/random';
import { valuesOf } from '@/lib/tensor';
import { kernelNames, loadKernel } from './index';

describe.each(kernelNames())('%s', (name) => {
  test('the baseline in parts is the reference', async () => {
    const { kernel, cases, reference, baseline } = await loadKernel(name);
    for (let i = 0; i < 4; i++) {
      const found = cases.random(new Random(21, i));
      const inputs = found.inputs(new Random(22, i));
      const problem = problemOf(kernel, inputs, found.attrs);
      const rows = kernel.rows(problem);
      const expected = reference(
        inputs,
        found.attrs,
        Array.from({ length: rows }, (_, row) => row),
      );
      const given = Object.fromEntries(
        Object.entries(inputs).map(([key, t]): [string, BaselineInput] => {
          const values = valuesOf(t);
          const plain = values instanceof Uint8Array || values instanceof Uint32Array;
          return [key, { shape: t.shape, data: plain ? Int32Array.from(values) : values }];
        }),
      );
      const cut = Math.floor(rows / 3);
      const parts = [[0, cut] as const, [cut, rows] as const].filter(([start, end]) => end > start);
      const outputs = parts.map((part) => baseline(given, found.attrs, part));
      for (const [output, values] of Object.entries(expected)) {
        const whole = outputs.flatMap((out) => Array.from(out[output] ?? []));
        const unsigned = problem.outputs[output]?.dtype === 'u32';
        const { relError, notFinite } = compare(unsigned ? whole.map((x) => x >>> 0) : whole, values, rows);
        expect([found.name, output, notFinite]).toEqual([found.name, output, 0]);
        expect(relError, `${found.name}, ${output}`).toBeLessThanOrEqual(toleranceOf(found, inputs, output));
      }
    }
  });
});
