/** Mixtures that break kernels written carelessly: thin and rotated components, rare ones, points, far ones, many. */
import type { Random } from '@/lib/random';
import { tensor, type HostTensor } from '@/lib/tensor';
import { COMPONENT } from './mixture';

/** log w, μ, angle, λ₁, λ₂ */
export type Parts = readonly (readonly [
  w: number,
  x: number,
  y: number,
  angle: number,
  l1: number,
  l2: number,
])[];

export const packComponents = (parts: Parts): HostTensor =>
  tensor(
    'f32',
    [parts.length, COMPONENT],
    parts.flatMap(([w, x, y, angle, l1, l2]) => [
      ...[Math.log(w), x, y, Math.cos(angle), Math.sin(angle)],
      ...[l1, l2, 0],
    ]),
  );

/** K components on a circle of radius 3 off the origin, every second one a narrow ellipse along it. */
export const ring = (K: number): Parts =>
  Array.from({ length: K }, (_, k) => {
    const angle = (2 * Math.PI * k) / K;
    return [
      1 / K,
      1 + 3 * Math.cos(angle),
      0.5 + 3 * Math.sin(angle),
      angle,
      k % 2 === 0 ? 0.04 : 0.005,
      0.04,
    ];
  });

export const mixtures = {
  one: [[1, 0.5, -0.25, 0.3, 1, 0.25]],
  eight: ring(8),
  'a cross of needles': [
    [0.5, 0, 0, 0.6, 1, 1e-8],
    [0.5, 0, 0, 2.1, 1, 1e-8],
  ],
  'a rare one': [
    [1e-6, 2, 2, 1, 0.01, 0.0001],
    [1 - 1e-6, -1, 0, 0, 0.2, 0.1],
  ],
  points: [
    [0.25, 1, 1, 0, 0, 0],
    [0.25, -1, 1, 0.2, 0, 0],
    [0.5, 0, -1.5, 0.7, 0, 0],
  ],
  'many, 301': ring(301),
} as const satisfies Record<string, Parts>;
export type MixtureName = keyof typeof mixtures;

export function randomMixture(random: Random): Parts {
  const K = random.int(1, 12);
  const spread = random.pick([0.5, 3, 20]);
  return Array.from({ length: K }, () => [
    random.pick([random.uniform(), 1e-6]),
    ...([spread * random.normal(), spread * random.normal(), 2 * Math.PI * random.uniform()] as const),
    ...([random.uniform() ** 2, random.pick([random.uniform() ** 2, 1e-4, 1e-8, 0])] as const),
  ]);
}

/** n particles of the marginal at x = s x₀ + std z, and every fourth, if asked for, `far` from all components. */
export function marginalPoints(
  parts: Parts,
  {
    n,
    s,
    std,
    far = 0,
  }: { readonly n: number; readonly s: number; readonly std: number; readonly far?: number },
  random: Random,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    const [, x, y, angle, l1, l2] = random.pick(parts);
    const [a, b] = [Math.sqrt(l1) * random.normal(), Math.sqrt(l2) * random.normal()];
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const by = i % 4 === 3 ? far * random.pick([-1, 1]) : 0;
    out[2 * i] = s * (x + cos * a - sin * b) + std * random.normal() + by;
    out[2 * i + 1] = s * (y + sin * a + cos * b) + std * random.normal() - 0.6 * by;
  }
  return out;
}

/** How far the components reach from the origin. */
export const reachOf = (parts: Parts): number =>
  parts.reduce(
    (most, [, x, y, , l1, l2]) => Math.max(most, Math.hypot(x, y) + 3 * Math.sqrt(Math.max(l1, l2))),
    0,
  );
