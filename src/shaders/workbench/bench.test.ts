/** Edited kernels: right ones are timed, broken ones name their lines, endless ones end, a device that hangs is replaced. */
import { afterAll, expect, test } from 'vitest';
import { problemOf } from '@/gpu/bind';
import { openTestDevice } from '@/gpu/testing';
import { Random } from '@/lib/random';
import { loadKernel } from '../index';
import { Bench, planOf, type Job, type Verdict } from './bench';
import { filesOf, type Edits } from './plan';

const bench = new Bench(openTestDevice);
afterAll(() => bench.close());

async function jobOf(
  name: string,
  variant: string,
  caseName: string,
  edit?: (files: Edits) => Edits,
): Promise<Job> {
  const { kernel, cases, reference } = await loadKernel(name);
  const test = [...cases.cases, ...cases.timing].find((c) => c.name === caseName);
  if (!test) throw new Error(`${name} has no case "${caseName}"`);
  const inputs = test.inputs(new Random(1));
  const problem = problemOf(kernel, inputs, test.attrs);
  const plan = planOf(await bench.device(), kernel, problem, variant);
  const files = Object.fromEntries(filesOf(plan).map(({ file, code }) => [file, code]));
  return {
    ...{ kernel, variant, test, inputs },
    edits: edit ? edit(files) : {},
    reference: async (rows) => reference(inputs, test.attrs, rows),
  };
}

const SOFTMAX = 'softmax/weights.wgsl';
const softmax = (edit?: (code: string) => string): Promise<Job> =>
  jobOf(
    'softmax',
    'register',
    'odd rows [7 33] axis -1',
    edit && ((files) => ({ [SOFTMAX]: edit(files[SOFTMAX]!) })),
  );
const checked = (verdict: Verdict): Extract<Verdict, { kind: 'checked' }> => {
  if (verdict.kind !== 'checked') throw new Error(JSON.stringify(verdict));
  return verdict;
};

test.each([
  ['softmax', 'workgroup', 'odd rows [7 33] axis -1'],
  ['matmul', 'tiled', 'odd everything [33 67 51]'],
  ['attention', 'tiled', 'D=80 [1 2 1 67 129 80]'],
])(
  '%s %s passes with its loops limited, barriers and all',
  { timeout: 60_000 },
  async (name, variant, wanted) => {
    const { cases } = await loadKernel(name);
    const chosen = cases.cases.find((c) => c.name.startsWith(wanted.split(' [')[0]!))!;
    const { pass, checks, timing } = checked(await bench.run(await jobOf(name, variant, chosen.name)));
    expect(pass).toBe(true);
    expect(checks[0]!.relError).toBeLessThanOrEqual(checks[0]!.tolerance);
    expect(timing.limited).toBe(false);
    expect(timing.floorMs).toBeGreaterThan(0);
  },
);

test('an error is on its own line', async () => {
  const verdict = await bench.run(await softmax((code) => code.replace('let a = stats', 'let a = status')));
  expect(verdict).toMatchObject({ kind: 'compile', errors: [{ file: SOFTMAX, line: 11, column: 11 }] });
  const large = await bench.run(await softmax((code) => code.replace('(64)', '(6400)')));
  expect(large).toMatchObject({ kind: 'compile', errors: [{ file: SOFTMAX }] });
});

test('a wrong kernel says where it is first wrong, and is timed with limits alone where it has loops', async () => {
  const edit = (code: string) =>
    code.replace('store_y(quad, ', 'store_y(quad, select(1.0, 1.5, quad == 3u) * ');
  const { pass, checks } = checked(await bench.run(await softmax(edit)));
  expect(pass).toBe(false);
  // Quad 3 is elements 12 to 15 of rows of 33.
  expect(checks[0]!.firstWrong!.index).toEqual([0, 12]);
  expect(checks[0]!.firstWrong!.found / checks[0]!.firstWrong!.expected).toBeCloseTo(1.5, 4);
});

test('an element that nobody writes is wrong', async () => {
  const edit = (code: string) => code.replace('  store_y', '  if quad == 57u { return; }\n  store_y');
  const { checks } = checked(await bench.run(await softmax(edit)));
  expect(checks[0]).toMatchObject({ pass: false, firstWrong: { index: [6, 30], found: NaN } });
});

test.each([
  'loop { if i.x > 4000000000u { break; } }',
  'while true { }',
  'for (var n = 0u; n < 4000000000u; n++) { }',
  'for (;;) { if i.x > 4000000000u { return; } }',
])('endless: %s', { timeout: 30_000 }, async (endless) => {
  const edit = (code: string) => code.replace('  let slab', `  ${endless}\n  let slab`);
  const verdict = await bench.run(await softmax(edit));
  // `while true {}` may be refused by the compiler, which is an end as well.
  if (verdict.kind === 'compile') expect(verdict.errors[0]).toMatchObject({ file: SOFTMAX, line: 9 });
  else expect(verdict).toMatchObject({ kind: 'stopped', loops: [{ file: SOFTMAX, line: 9 }] });
});

test(
  'what exceeds its budget costs the device, and the next run has another',
  { timeout: 30_000 },
  async () => {
    let opened = 0;
    const hasty = new Bench(
      () => {
        opened++;
        return openTestDevice();
      },
      { budgetMs: -19_999.99 },
    );
    const job = await softmax();
    await expect(hasty.run(job)).rejects.toMatchObject({ code: 'workbench.hung' });
    await expect(hasty.run(job)).rejects.toMatchObject({ code: 'workbench.hung' });
    expect(opened).toBe(2);
    hasty.close();
  },
);

test('a device that is lost is replaced', async () => {
  const before = await bench.device();
  before.gpu.destroy();
  await before.lost;
  expect(checked(await bench.run(await softmax())).pass).toBe(true);
  expect(await bench.device()).not.toBe(before);
});
