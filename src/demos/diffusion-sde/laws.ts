/** What the three runs share and what they do not: their marginals at several levels, and the law of two times. */
import type { Check, Series } from '@/lab/report';
import type { Metrics } from '@/lab/session';
import { Random } from '@/lib/random';
import { correlate, correlation, type Correlated } from '@/methods/diffusion/joint';
import { judge, marginalSample, type Judgement } from '@/methods/diffusion/marginalTest';
import type { Mixture } from '@/methods/diffusion/mixture';
import { levelAt, type Step } from '@/methods/diffusion/samplers';
import { processOf, streams } from './config';
import { kinds, type Kind } from './kinds';
import type { Params } from './params';

/** Levels that are looked at, evenly by their number. */
const LEVELS = 13;
/** Particles that are held against exact samples, and that correlations are taken over. */
const JUDGED = 2048;
export const CLOUD = 8192;
/** Standard errors that a correlation may be off by: thirteen levels of two runs are looked at. */
const DEVIATIONS = 4.5;
/** What steps of finite length and the last one, to D itself, may add. */
const STEPPED = 0.005;

export interface Laws {
  /** Numbers of the levels, from the data on, and of the one that correlations are with. */
  readonly at: readonly number[];
  readonly reference: number;
  readonly levels: readonly Pick<Step, 't' | 'sigma'>[];
  /** Of `kinds`, in units of the marginal's standard deviation. */
  readonly marginals: readonly Judgement[];
  readonly joint: readonly { readonly exact: number; readonly found: Readonly<Record<Kind, Correlated>> }[];
}

/** Evenly chosen from the levels at which all runs were kept. */
export const chosen = (kept: readonly number[]): number[] => [
  ...new Set(
    Array.from({ length: LEVELS }, (_, i) => kept[Math.round((i * (kept.length - 1)) / (LEVELS - 1))]!),
  ),
];

/** The kept level nearest to a share of the way from data to noise. */
export const nearest = (kept: readonly number[], share: number): number => {
  const wanted = share * kept[kept.length - 1]!;
  return kept.reduce((best, level) => (Math.abs(level - wanted) < Math.abs(best - wanted) ? level : best));
};

interface Task {
  readonly params: Params;
  readonly mixture: Mixture;
  /** From the data on. */
  readonly levels: readonly Pick<Step, 't' | 'sigma'>[];
  readonly kept: readonly number[];
  readonly cloud: (kind: Kind, level: number) => Promise<Float64Array>;
  /** The marginal's standard deviation along an axis. */
  readonly unit: (level: number) => number;
}

export async function lawsOf(
  { params, mixture, levels, kept, cloud, unit }: Task,
  signal: AbortSignal,
): Promise<Laws> {
  const process = processOf(params);
  const at = chosen(kept);
  const reference = nearest(kept, params.reference);
  const clouds = (level: number): Promise<Float64Array[]> =>
    Promise.all(kinds.map((kind) => cloud(kind, level)));
  const there = await clouds(reference);
  const marginals: Judgement[] = [];
  const joint: Laws['joint'][number][] = [];
  for (const level of at) {
    const here = await clouds(level);
    const scale = unit(level);
    const { s, std } = levelAt(process, levels[level]!);
    const random = new Random(params.seed, streams.judged + 16 * level);
    const scaled = (points: Float64Array): Float64Array => points.map((value) => value / scale);
    marginals.push(
      judge(
        (n, from) => scaled(marginalSample(mixture, n, { s, std }, from)),
        here.map((points) => scaled(points.subarray(0, 2 * JUDGED))),
        random,
      ),
    );
    const found = Object.fromEntries(kinds.map((kind, k) => [kind, correlate(there[k]!, here[k]!)]));
    joint.push({
      exact: correlation(process, mixture, levels[reference]!, levels[level]!),
      found: found as Record<Kind, Correlated>,
    });
    // A page stays alive meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  return { at, reference, levels: at.map((level) => levels[level]!), marginals, joint };
}

/** How far a run is above the noise of sampling, at its worst level; up to 1 is inside. */
const worstOf = ({ marginals }: Laws, kind: Kind): number =>
  Math.max(...marginals.map(({ clouds, limit }) => clouds[kinds.indexOf(kind)]!.distance / limit));

/** How far correlations are off at most, and the same in units of what is allowed; at the level itself there is nothing. */
const apart = (
  { joint, at, reference }: Laws,
  kind: Kind,
): { readonly most: number; readonly ratio: number } =>
  joint.reduce(
    (worst, { exact, found }, i) => {
      const { value, error } = found[kind];
      const off = at[i] === reference ? 0 : Math.abs(value - exact);
      return {
        most: Math.max(worst.most, off),
        ratio: Math.max(worst.ratio, off / (DEVIATIONS * error + STEPPED)),
      };
    },
    { most: 0, ratio: 0 },
  );

/** Both SDEs must have the process's marginals and its joint law; the ODE its marginals. */
export function lawChecks(laws: Laws): Check[] {
  const rowsChecked = laws.at.length;
  const check = (name: string, ratio: number, maxAbsError: number): Check => ({
    ...{ name, maxAbsError, relError: ratio, tolerance: 1, rowsChecked, rows: rowsChecked },
    pass: ratio <= 1,
  });
  const furthest = (kind: Kind): number =>
    Math.max(...laws.marginals.map(({ clouds }) => clouds[kinds.indexOf(kind)]!.distance));
  return [
    ...kinds.map((kind) => check(`marginals.${kind}`, worstOf(laws, kind), furthest(kind))),
    ...(['forward', 'reverse'] as const).map((kind) => {
      const { most, ratio } = apart(laws, kind);
      return check(`joint.${kind}`, ratio, most);
    }),
  ];
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

export function lawMetrics(laws: Laws): Metrics {
  const end = laws.reference > (laws.at.at(-1) ?? 0) / 2 ? laws.joint[0]! : laws.joint.at(-1)!;
  return Object.fromEntries([
    ...kinds.map((kind) => [`marginal${capital(kind)}`, worstOf(laws, kind)] as const),
    ...kinds.map((kind) => [`jointGap${capital(kind)}`, apart(laws, kind).most] as const),
    ['correlationExact', end.exact] as const,
    ...kinds.map((kind) => [`correlation${capital(kind)}`, end.found[kind].value] as const),
  ]);
}

export function lawSeries(laws: Laws): Series[] {
  const { at, levels, marginals, joint } = laws;
  const of = (name: string, y: readonly number[], unit = ''): Series => ({
    name,
    unit,
    x: [...at],
    y: [...y],
  });
  return [
    of(
      'sigma',
      levels.map(({ sigma }) => Math.min(sigma, Number.MAX_VALUE)),
    ),
    of(
      'distance of exact samples',
      marginals.map(({ noise }) => noise),
    ),
    of(
      'distance limit',
      marginals.map(({ limit }) => limit),
    ),
    ...kinds.flatMap((kind, k) => [
      of(
        `distance ${kind}`,
        marginals.map(({ clouds }) => clouds[k]!.distance),
      ),
      of(
        `distance ${kind} low`,
        marginals.map(({ clouds }) => clouds[k]!.low),
      ),
      of(
        `distance ${kind} high`,
        marginals.map(({ clouds }) => clouds[k]!.high),
      ),
    ]),
    of(
      'correlation exact',
      joint.map(({ exact }) => exact),
    ),
    ...kinds.flatMap((kind) => [
      of(
        `correlation ${kind}`,
        joint.map(({ found }) => found[kind].value),
      ),
      of(
        `correlation ${kind} error`,
        joint.map(({ found }) => found[kind].error),
      ),
    ]),
  ];
}
