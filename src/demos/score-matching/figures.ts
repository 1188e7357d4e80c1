/** The numbers and curves of a report: the field by region, the modes of both runs. */
import type { Series } from '@/lab/report';
import type { Metrics } from '@/lab/session';
import { regions } from '@/methods/score/field';
import type { Mode } from '@/methods/score/modes';
import type { Learning } from './learning';
import { recentLoss } from './log';
import type { ShownBoth } from './shown';

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

export function fieldMetrics({ losses, judgement, stop }: Learning): Metrics {
  const loss = recentLoss(losses);
  return {
    ...(Number.isFinite(loss) ? { loss } : {}),
    ...Object.fromEntries(
      regions.flatMap((name) => {
        const found = judgement?.byRegion[name];
        return found
          ? [
              [`fieldError${capital(name)}`, found.error],
              [`fieldAngle${capital(name)}`, found.angle],
            ]
          : [];
      }),
    ),
    ...(stop ? { stoppedAt: stop.step } : {}),
  };
}

export function fieldSeries({ losses, evaluations }: Learning): Series[] {
  return [
    { name: 'loss', unit: '', x: losses.map((_, step) => step), y: [...losses] },
    ...regions.map((name) => ({
      ...{ name: `fieldError ${name}`, unit: '' },
      x: evaluations.map(({ step }) => step),
      y: evaluations.map(({ byRegion }) => byRegion[name].error),
    })),
  ];
}

export function chainMetrics(modes: readonly Mode[], { runs }: ShownBoth): Metrics {
  const [plain, annealed] = [runs.plain.counts.at(-1)!, runs.annealed.counts.at(-1)!];
  return {
    modes: modes.length,
    trueHeaviest: modes[0]!.weight,
    plainHeaviest: plain.shares[0]!,
    annealedHeaviest: annealed.shares[0]!,
    plainMisplaced: plain.misplaced,
    annealedMisplaced: annealed.misplaced,
    ...(plain.lost + annealed.lost > 0 ? { plainLost: plain.lost, annealedLost: annealed.lost } : {}),
  };
}

export function chainSeries(modes: readonly Mode[], { runs }: ShownBoth): Series[] {
  const x = modes.map((_, mode) => mode + 1);
  const weights = (name: string, y: readonly number[]): Series => ({ name, unit: '', x, y: [...y] });
  return [
    weights(
      'modeWeights true',
      modes.map(({ weight }) => weight),
    ),
    weights('modeWeights plain', runs.plain.counts.at(-1)!.shares),
    weights('modeWeights annealed', runs.annealed.counts.at(-1)!.shares),
  ];
}
