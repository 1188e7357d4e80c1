/** The file holds all it needs and nothing that its text could break out of. */
import { expect, test } from 'vitest';
import { problemOf } from '@/gpu/bind';
import { openTestDevice } from '@/gpu/testing';
import { Random } from '@/lib/random';
import { loadKernel } from '../index';
import { planOf } from './bench';
import { standalone } from './standalone';

test('WGSL as edited, dispatches, inputs, reference values; no address, no way out of its element', async () => {
  const device = await openTestDevice();
  const { kernel, cases, reference } = await loadKernel('softmax');
  const chosen = cases.cases.find((c) => c.name.startsWith('odd rows [7 33]'))!;
  const inputs = chosen.inputs(new Random(1));
  const problem = problemOf(kernel, inputs, chosen.attrs);
  const plan = planOf(device, kernel, problem, 'register');
  const file = 'softmax/weights.wgsl';
  const mine = '// </script><script>alert(1)</script> $& $1\n';
  const html = await standalone({
    ...{ kernel, variant: 'register', plan, problem, inputs, test: chosen, lang: 'zh', caps: device.caps },
    edits: { [file]: mine + plan.passes[1]!.shader.code },
    reference: async (rows) => reference(inputs, chosen.attrs, rows),
  });
  device.close();
  expect(html.match(/<\/script>/g)).toHaveLength(2);
  expect(html).not.toMatch(/https?:|src=|import\(/);
  const [, json = ''] = /id="data">([^<]*)</.exec(html) ?? [];
  const data = JSON.parse(json) as {
    passes: { code: string; groups: number }[];
    buffers: unknown;
    outputs: { expected: string }[];
  };
  const { passes } = data;
  expect(passes.map(({ groups }) => groups)).toEqual(plan.passes.map(({ groups }) => groups));
  expect(passes[1]!.code).toContain(mine);
  expect(passes[1]!.code).toContain('struct Params');
  expect(data.buffers).toMatchObject({
    x: { bytes: 924 },
    y: { bytes: 924, poisoned: true },
    stats: { bytes: 56 },
  });
  const [output] = data.outputs;
  expect(output).toMatchObject({ name: 'y', shape: [7, 33], tolerance: 1e-5 });
  expect(Buffer.from(output!.expected, 'base64').length).toBe(8 * 7 * 33);
});
