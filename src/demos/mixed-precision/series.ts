/** The curves of a report: of the chosen mode by their plain names, of the others with the mode's. */
import type { Series } from '@/lab/report';
import type { Log } from './log';
import type { Mode } from './modes';

export function seriesOf(runs: readonly (Log & { readonly mode: Mode })[], chosen: Mode): Series[] {
  return runs
    .toSorted((a, b) => Number(b.mode === chosen) - Number(a.mode === chosen))
    .flatMap(({ mode, records, evaluations }) => {
      const named = (name: string): string => (mode === chosen ? name : `${name} ${mode}`);
      const curve = (name: string, unit: string, points: readonly (readonly [number, number])[]): Series => {
        // JSON has no NaN: a step without a finite value has no point.
        const kept = points.filter(([, y]) => Number.isFinite(y));
        return { name: named(name), unit, x: kept.map(([x]) => x), y: kept.map(([, y]) => y) };
      };
      return [
        curve(
          'loss',
          '',
          records.map(({ loss }, i) => [i, loss]),
        ),
        curve(
          'lossScale',
          '',
          records.map(({ lossScale }, i) => [i, lossScale]),
        ),
        curve(
          'skipped',
          '',
          records.map(({ skipped }, i) => [i, Number(skipped)]),
        ),
        curve(
          'accuracy',
          '',
          evaluations.map(({ step, accuracy }) => [step, accuracy]),
        ),
      ];
    });
}
