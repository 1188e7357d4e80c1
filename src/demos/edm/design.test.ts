/** The design space as a control panel: a row is a paper's choice, a cell swaps one part, and what is in force is marked. */
import { expect, test } from 'vitest';
import type { DemoDecl } from '@/lab/demo';
import { defaultsOf } from '@/lab/schema';
import { applyRules } from '@/lab/validate';
import { programOf } from './config';
import { demo } from './demo';
import { cell, designs, matches, whole, type ColumnId } from './design';
import type { Params } from './params';

const columns: readonly ColumnId[] = ['process', 'schedule', 'preconditioning', 'sampler', 'churn'];
const defaults: Params = defaultsOf(demo.params);
const taken = (patch: Partial<Params>, from = defaults): Params =>
  applyRules(demo as unknown as DemoDecl, { ...from, ...patch }).params as Params;

test.each(designs.map((design) => [design.id, design] as const))(
  'the row %s is taken whole, and then it and all of its cells are in force',
  (_id, design) => {
    const params = taken(whole(design));
    expect(matches(whole(design), params)).toBe(true);
    for (const column of columns) expect(matches(design[column], params), column).toBe(true);
  },
);

test('every cell can be swapped into every row, and the rest of the row stays but where the pair is impossible', () => {
  for (const row of designs) {
    for (const other of designs) {
      for (const column of columns) {
        const before = taken(whole(row));
        const after = taken(cell(other, column, before), before);
        const kept = columns.filter((name) => name !== column && matches(row[name], after));
        // A cell of noise brings a sampler that adds it; an impossible pair falls back to Heun.
        const lost = columns.filter((name) => name !== column && !kept.includes(name));
        expect(['', 'sampler', 'churn', 'sampler,churn']).toContain(lost.join());
        expect(() => programOf(after)).not.toThrow();
      }
    }
  }
});

test('an error of F reaches D by c_out: with EDM’s it is bounded where VP’s grows with σ', () => {
  const noise = (preconditioning: Params['preconditioning'], step: number): number => {
    const params = taken({ preconditioning, 'network-error': 0.1, sampler: 'euler', steps: 8 });
    const stage = programOf(params)[step]!.stages[0]!;
    return Math.abs(stage.x[4] / stage.x[3]);
  };
  // The first step is from σ = 80, the last from 0.002.
  expect(noise('vp', 1)).toBeCloseTo(8, 9);
  expect(noise('edm', 1)).toBeCloseTo(0.05, 4);
  expect(noise('vp', 8)).toBeCloseTo(0.0002, 9);
  expect(noise('edm', 8)).toBeCloseTo(0.0002, 6);
  // Without an error no stage of Euler's draws noise but the first.
  const exact = programOf(taken({ sampler: 'euler', steps: 8 })).slice(1);
  expect(exact.flatMap(({ stages }) => stages).every(({ x }) => x[4] === 0)).toBe(true);
});
