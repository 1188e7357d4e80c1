/** The command line as people call it: its bundle in a process of its own. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSafetensors, writeSafetensors } from '@/lib/safetensors';
import { tensor, valuesOf, type HostTensor } from '@/lib/tensor';
import { madeImages, madeWeights } from '@/models/vision/made';
import { modelNamed } from '@/models/vision/models';
import { tensorsOf } from '@/models/vision/names/names';
import { totals, trace } from '@/models/vision/trace';

const script = fileURLToPath(new URL('../../scripts/lab.mjs', import.meta.url));
let folder: string;

interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

function lab(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const options = {
    cwd: folder,
    env: { ...process.env, XDG_CACHE_HOME: folder, ...env },
    maxBuffer: 2 ** 26,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], options, (error, out, err) => {
      resolve({ status: error ? Number(error.code ?? -1) : 0, out, err });
    });
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tilewise-lab-'));
  // Builds the bundle once, before tests ask for it side by side.
  expect((await lab(['--version'])).out).toMatch(/^tilewise \d+\.\d+\.\d+ \(\w+\)\n$/);
}, 120_000);
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('bad usage is one line on stderr and status 2', () => {
  test.each<[string, string]>([
    ['', 'a command is needed: list, run, sweep, check, tune, op, model'],
    ['frobnicate', 'there is no command "frobnicate"'],
    ['constructor', 'there is no command "constructor"'],
    ['list --verbose', 'lab list has no option --verbose; allowed: --json'],
    ['run', 'lab run needs a demo'],
    ['run nothing', 'there is no demo "nothing"'],
    ['check nothing', 'operation "nothing" is not known; allowed: '],
    ['check --random many', '--random is "many"; allowed: a whole number'],
    ['model resnet', 'there is no model "resnet"; there are: mobilenet-v1, '],
    ['model', 'lab model needs a network; there are: mobilenet-v1, '],
    ['model mobilenet-v2 --in x --out y', 'lab model needs --weights'],
    ['model mobilenet-v2 --weights none --in x --out y', 'file not found: none'],
    ['op', 'lab op needs an operation'],
    ['op attention --out b', 'lab op needs --in'],
    ['op attention --in none.safetensors --out b', 'file not found: none.safetensors'],
    [
      'op attention --in x --out b --attrs {"casual":true}',
      'attribute "casual" is not known; allowed: causal',
    ],
    ['op attention --in x --out b --dtype f64', '--dtype is "f64"; allowed: f32, f16'],
  ])('lab %s', async (line, message) => {
    const { status, out, err } = await lab([
      ...line.split(' ').filter(Boolean),
      ...(line === '' ? [] : ['--json']),
    ]);
    expect(err).toContain(message);
    // Where a source changes meanwhile, the bundle is built again and says so.
    expect(
      err
        .trim()
        .split('\n')
        .filter((text) => !text.startsWith('$ ')),
    ).toHaveLength(1);
    expect(out).toBe('');
    expect(status).toBe(2);
  });
});

test('help names every command', async () => {
  const { status, out } = await lab(['--help']);
  expect(status).toBe(0);
  for (const name of ['list', 'run', 'sweep', 'check', 'tune', 'op', 'model'])
    expect(out).toContain(`  ${name} `);
});

test('the list is one JSON document with what people script against', async () => {
  const { status, out } = await lab(['list', '--json']);
  expect(status).toBe(0);
  const { schema, kernels } = JSON.parse(out) as { schema: string; kernels: { op: string }[] };
  expect(schema).toBe('tilewise.list/1');
  expect(kernels.find(({ op }) => op === 'attention')).toMatchObject({
    name: 'attention',
    inputs: { q: { shape: '[B, H, S, D]' }, mask: { optional: true } },
    attrs: { causal: { kind: 'boolean', default: false } },
    baselines: expect.arrayContaining(['typescript']) as unknown,
  });
});

test('a kernel is checked, row by row, and the summary counts', async () => {
  const { status, out } = await lab(['check', 'ceiling_fma', '--json']);
  expect(status).toBe(0);
  const { rows, summary } = JSON.parse(out) as {
    rows: { status: string }[];
    summary: Record<string, number>;
  };
  expect(rows.length).toBeGreaterThan(0);
  expect(summary.pass).toBe(rows.filter((row) => row.status === 'pass').length);
  expect(summary.fail).toBe(0);
});

test('no adapter is status 3 and a sentence', async () => {
  const none = { VK_ICD_FILENAMES: '/none', VK_DRIVER_FILES: '/none' };
  const { status, out, err } = await lab(['check', 'ceiling_fma', '--json'], none);
  expect(err).toContain('no GPU adapter was found');
  expect(out).toBe('');
  expect(status).toBe(3);
});

test('a network runs with the weights of a checkpoint, on images of any size', async () => {
  const model = modelNamed('mobilenet-v1-x0.25')!;
  const network = model.build(5);
  const weights = madeWeights(3, tensorsOf(network, model.origins[0]!.places(network)), 2);
  await writeFile(join(folder, 'w.safetensors'), writeSafetensors(weights));
  const images = madeImages(3, [2, 40, 33, 3]);
  await writeFile(join(folder, 'x.safetensors'), writeSafetensors([['x', images]]));
  const files = ['--weights', 'w.safetensors', '--in', 'x.safetensors', '--out', 'y.safetensors'];
  // Drivers keep there what they have compiled, which takes long on a CPU.
  const env = { XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache') };
  const { status, out, err } = await lab(['model', model.name, ...files, '--json'], env);
  expect(err).not.toContain('lab:');
  expect(status).toBe(0);
  const document = JSON.parse(out) as Record<string, number>;
  expect(document).toMatchObject({ schema: 'tilewise.model/1', names: 'timm' });
  expect(document.parameters).toBe(totals(trace(network, 40)).parameters);
  expect(document.activationBytes).toBeLessThan(document.activationBytesApart!);
  const y = readSafetensors(await readFile(join(folder, 'y.safetensors'))).get('y')!;
  expect(y.shape).toEqual([2, 5]);
  expect([...valuesOf(y)].every((v) => Number.isFinite(v) && v !== 0)).toBe(true);
  // One colour is not enough.
  const grey = tensor('f32', [1, 8, 8, 1], new Float32Array(64));
  await writeFile(join(folder, 'x.safetensors'), writeSafetensors([['x', grey]]));
  const refused = await lab(['model', model.name, ...files]);
  expect(refused.err).toContain('input "x" has shape [1, 8, 8, 1]; needed: [N, H, W, 3]');
  expect(refused.status).toBe(2);
}, 120_000);

describe('an operation on tensors of one’s own', () => {
  const D = 16;
  const ramp = (n: number, scale: number): number[] =>
    Array.from({ length: n }, (_, i) => scale * ((i % 7) - 3));
  const q = tensor('f32', [1, 2, 3, D], ramp(6 * D, 0.25));
  const k = tensor('f32', [1, 1, 1, D], ramp(D, 0.5));
  const v = tensor('f32', [1, 1, 1, D], ramp(D, 1.1));

  async function op(
    inputs: Record<string, HostTensor>,
    ...args: string[]
  ): Promise<Ended & { o: HostTensor; lse: HostTensor }> {
    const [a, b] = [join(folder, 'a.safetensors'), join(folder, 'b.safetensors')];
    await writeFile(a, writeSafetensors(Object.entries(inputs)));
    const ended = await lab([
      'op',
      'attention',
      '--in',
      'a.safetensors',
      '--out',
      'b.safetensors',
      '--json',
      ...args,
    ]);
    expect(ended.err).not.toContain('lab:');
    const found = readSafetensors(await readFile(b));
    return { ...ended, o: found.get('o')!, lse: found.get('lse')! };
  }

  test('a single key is seen whole: o is v and lse is the score', async () => {
    const { status, out, o, lse } = await op({ q, k, v });
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      op: 'attention',
      dtype: 'f32',
      outputs: { o: { shape: [1, 2, 3, D] } },
    });
    for (let row = 0; row < 6; row++) {
      expect([...o.data.subarray(row * D, (row + 1) * D)]).toEqual([...v.data]);
      let score = 0;
      for (let d = 0; d < D; d++) score += (q.data[row * D + d]! * k.data[d]!) / Math.sqrt(D);
      expect(lse.data[row]).toBeCloseTo(score, 5);
    }
  });

  test('a row that sees nothing is zero, with the lowest lse', async () => {
    const mask = tensor('u8', [3, 1], [1, 0, 2]);
    const { o, lse } = await op({ q, k, v, mask }, '--variant', 'naive');
    expect([...o.data.subarray(D, 2 * D)]).toEqual(new Array<number>(D).fill(0));
    expect(lse.data[1]).toBe(Math.fround(-3.4028235e38));
    expect([...o.data.subarray(2 * D, 3 * D)]).toEqual([...v.data]);
  });

  test('in half precision o is stored in it, lse is not', async () => {
    const { o, lse } = await op({ q, k, v }, '--dtype', 'f16');
    expect([o.dtype, lse.dtype]).toEqual(['f16', 'f32']);
  });
});
