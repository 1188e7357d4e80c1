/**
 * Is a cloud drawn from a marginal that is known? The sliced Wasserstein-2 distance to many exact samples, beside that of
 * clouds of the same size that were drawn from the marginal itself: the parametric bootstrap of the distance under "yes"
 * (Efron & Tibshirani 1993, ch. 6 and 16). All in units that the caller chooses by scaling the points.
 */
import type { Random } from '@/lib/random';
import { quantile } from '@/lib/stats';
import { sample, type Mixture } from './mixture';

const DIRECTIONS = 12;
/** Exact samples that stand for the law, for each point of the cloud. */
const DENSER = 8;
/** Clouds of exact samples, and resampled clouds. */
const DRAWN = 32;
const RESAMPLED = 100;
/**
 * A cloud is outside where its distance is so many standard deviations above the mean of exact ones. Of exact clouds,
 * about one in two thousand is: the distance has a longer tail than a normal number.
 */
const DEVIATIONS = 5;

/** [n, 2] of the marginal at x = s x₀ + std n. */
export function marginalSample(
  mixture: Mixture,
  n: number,
  { s, std }: { readonly s: number; readonly std: number },
  random: Random,
): Float64Array {
  return sample(mixture, n, random).map((value) => s * value + std * random.normal());
}

const turned = (points: ArrayLike<number>, direction: number): Float64Array => {
  const angle = (Math.PI * direction) / DIRECTIONS;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return Float64Array.from(
    { length: points.length / 2 },
    (_, i) => c * points[2 * i]! + s * points[2 * i + 1]!,
  );
};
const directions = Array.from({ length: DIRECTIONS }, (_, i) => i);

/** A law by the quantiles of its projections, as many as the clouds have points that are held against it. */
class Law {
  private readonly quantiles: readonly Float64Array[];

  constructor(
    exact: ArrayLike<number>,
    private readonly n: number,
  ) {
    const R = exact.length / 2;
    this.quantiles = directions.map((direction) => {
      const sorted = turned(exact, direction).sort();
      return Float64Array.from({ length: n }, (_, i) => sorted[Math.floor(((i + 0.5) * R) / n)]!);
    });
  }

  distance(points: ArrayLike<number>): number {
    const sum = directions.reduce(
      (total, direction) => total + this.squares(turned(points, direction).sort(), direction),
      0,
    );
    return Math.sqrt(sum / (this.n * DIRECTIONS));
  }

  /** Of clouds resampled from the points, each direction being sorted once. */
  resampled(points: ArrayLike<number>, times: number, random: Random): Float64Array {
    const { n } = this;
    const along = directions.map((direction) => {
      const values = turned(points, direction);
      const order = Uint32Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!);
      return { values, order };
    });
    const counts = new Uint32Array(n);
    const sorted = new Float64Array(n);
    return Float64Array.from({ length: times }, () => {
      counts.fill(0);
      for (let i = 0; i < n; i++) counts[random.int(0, n - 1)]! += 1;
      let sum = 0;
      along.forEach(({ values, order }, direction) => {
        let at = 0;
        for (const i of order) for (let copies = counts[i]!; copies > 0; copies--) sorted[at++] = values[i]!;
        sum += this.squares(sorted, direction);
      });
      return Math.sqrt(sum / (n * DIRECTIONS));
    });
  }

  private squares(sorted: Float64Array, direction: number): number {
    const wanted = this.quantiles[direction]!;
    let sum = 0;
    for (let i = 0; i < sorted.length; i++) sum += (sorted[i]! - wanted[i]!) ** 2;
    return sum;
  }
}

export interface Judged {
  readonly distance: number;
  /** Basic bootstrap interval, 95 %: resampling adds as much noise as sampling did, which is taken off. */
  readonly low: number;
  readonly high: number;
}

export interface Judgement {
  /** What clouds of exact samples have: mean, and the most that is taken for noise. */
  readonly noise: number;
  readonly limit: number;
  readonly clouds: readonly Judged[];
}

/** @param clouds [n, 2] each, of one size */
export function judge(
  draw: (n: number, random: Random) => ArrayLike<number>,
  clouds: readonly ArrayLike<number>[],
  random: Random,
): Judgement {
  const n = clouds[0]!.length / 2;
  const law = new Law(draw(DENSER * n, random), n);
  const drawn = Array.from({ length: DRAWN }, () => law.distance(draw(n, random)));
  const noise = drawn.reduce((a, b) => a + b) / DRAWN;
  const deviation = Math.sqrt(drawn.reduce((sum, d) => sum + (d - noise) ** 2, 0) / (DRAWN - 1));
  return {
    noise,
    limit: noise + DEVIATIONS * deviation,
    clouds: clouds.map((points) => {
      const distance = law.distance(points);
      const again = law.resampled(points, RESAMPLED, random);
      return {
        distance,
        low: Math.max(0, 2 * distance - quantile(again, 0.975)),
        high: Math.max(0, 2 * distance - quantile(again, 0.025)),
      };
    }),
  };
}
