/** Loops are found whatever stands around them, and every shipped file still compiles and is right with its loops limited. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf, unsupported } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { openTestDevice } from '@/gpu/testing';
import { Random } from '@/lib/random';
import { kernelNames, loadKernel } from '../index';
import { compileErrors } from './compile';
import { limitLoops } from './limits';
import { limited } from './plan';
import { lineOf, tokens } from './tokens';

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => device.close());

test('tokens: comments nest, numbers and words stand apart', () => {
  const code = 'a/* x /* for */ y */b // loop {\n0x1p-3f+1.5e-2h é_1';
  expect(tokens(code).map((t) => t.text)).toEqual(['a', 'b', '0x1p-3f', '+', '1.5e-2h', 'é_1']);
  expect(lineOf('a\nb\nc', 4)).toBe(3);
});

const hard = `
/* for (;;) { /* nested */ } */
fn plain() -> i32 { return 1; } // while true {
@compute @workgroup_size(1) fn main() {
  var format = 0u; // no keyword
  @diagnostic(off, derivative_uniformity) for (var i = 0; i < 3; i++) { format += 1u; }
  while (format < 9u) { for (;;) { break; } format++; }
  loop { if format > 20u { break; } continuing { format++; } }
  switch format { case 1u: { loop { break; } } default: {} }
}
fn only(x: u32) -> @must_use_not vec2<f32> {
  loop { if x > 1u { return vec2<f32>(); } }
}`;

test('every loop gets a counter of its function, on its own line', () => {
  const { code, loops } = limitLoops('a.wgsl', hard, { firstSlot: 4 });
  expect(loops.map(({ line }) => line)).toEqual([6, 7, 7, 8, 9, 12]);
  expect(code.split('\n').length).toBe(hard.split('\n').length);
  expect(code).toContain('fn main() { var workbench_trips_4 = 0u; var workbench_trips_5 = 0u;');
  expect(code).toContain(
    'for (;;) { workbench_trips_6++; if workbench_trips_6 > params.workbench_most { atomicStore(',
  );
  expect(code).toMatch(/return vec2<f32>\(\); \}$/);
  expect(code).toContain('fn plain() -> i32 { return 1; }');
});

test('helpers count over all calls, in a variable before them; entry points never', () => {
  const text =
    '// a\n@compute @workgroup_size(1) fn main() { loop { f(); } } // b\n@must_use fn f() { while true {} }';
  const { code } = limitLoops('a.wgsl', text, { totals: true });
  expect(code).toContain('} } var<private> workbench_trips_total_0: u32;  // b\n@must_use fn f()');
  expect(code.match(/workbench_trips_total_0\+\+/g)).toHaveLength(1);
  expect(code).toContain('loop { workbench_trips_0++; if workbench_trips_0 > params.workbench_most {');
});

test('broken text is left as it can be, without a fault of ours', () => {
  for (const broken of [
    'fn',
    'fn f(',
    'fn f() {',
    'fn f() { for ( }',
    'fn f() { while ; }',
    '/* ',
    '}{',
    '#!',
  ])
    expect(limitLoops('a', broken).loops).toEqual([]);
});

test('every variant of every kernel compiles with its loops limited', { timeout: 120_000 }, async () => {
  let plans = 0;
  let loops = 0;
  const refused: string[] = [];
  for (const name of kernelNames()) {
    const { kernel, cases } = await loadKernel(name);
    for (const variant of Object.keys(kernel.variants)) {
      // The first case that this adapter can do; other cases differ in constants.
      for (const each of cases.cases) {
        const inputs = each.inputs(new Random(1));
        const problem = problemOf(kernel, inputs, each.attrs);
        if (unsupported(device, kernel, problem, variant) !== undefined) continue;
        const plan = kernel.variants[variant]!.plan(problem, device.caps);
        const safe = limited(plan, device.caps, false);
        expect(safe.reports, `${name} ${variant}`).toBe(true);
        const specs = { ...inputs, ...problem.outputs };
        expect(await compileErrors(device, safe.plan, specs), `${name} ${variant}`).toEqual([]);
        const strict = limited(plan, device.caps, true);
        if ((await compileErrors(device, strict.plan, specs)).length > 0) refused.push(`${name} ${variant}`);
        plans++;
        loops += safe.loops.length;
        break;
      }
    }
  }
  expect(plans).toBeGreaterThan(50);
  expect(loops).toBeGreaterThan(100);
  // Where a barrier depends on what a helper returns, as in reductions of a row, counting over all calls is refused.
  expect(refused.length).toBeLessThan(plans / 4);
});
