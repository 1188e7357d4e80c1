/** Distributions in the plane to sample from: mixtures by name, a mixture from tensors. */
import { LabError } from '@/lib/errors';
import { isFloat, valuesOf, type HostTensor } from '@/lib/tensor';
import { type Component, component, type Mixture } from './mixture';
import { MOST_COMPONENTS, type MixtureName } from './names';

const round = (weight: number, mean: readonly [number, number], std: number): Component =>
  component(weight, mean, std * std, 0, std * std);
/** An ellipse with standard deviations along and across its angle. */
function ellipse(
  weight: number,
  mean: readonly [number, number],
  along: number,
  across: number,
  angle: number,
): Component {
  return { weight, mean, cos: Math.cos(angle), sin: Math.sin(angle), lambda: [along ** 2, across ** 2] };
}

const ring = (n: number): Component[] =>
  Array.from({ length: n }, (_, k) => {
    const angle = (2 * Math.PI * k) / n;
    return round(1, [Math.cos(angle), Math.sin(angle)], 0.08);
  });

/** A circle of n strokes that meet; its weight is its length. */
const circle = (radius: number, n: number, across: number): Component[] =>
  Array.from({ length: n }, (_, k) => {
    const angle = (2 * Math.PI * k) / n;
    // A segment of length ℓ spreads like ℓ/√12; a little more, and neighbours meet.
    const along = (1.15 * 2 * Math.PI * radius) / n / Math.sqrt(12);
    const mean = [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
    return ellipse(radius / n, mean, along, across, angle + Math.PI / 2);
  });

/** Two arms of short strokes that follow an Archimedean spiral. */
const spiral = (n: number): Component[] =>
  [0, Math.PI].flatMap((turn) =>
    Array.from({ length: n }, (_, k) => {
      const theta = 0.8 + (2.6 * Math.PI * k) / n;
      const radius = 0.14 * theta;
      return ellipse(
        radius,
        [radius * Math.cos(theta + turn), radius * Math.sin(theta + turn)],
        0.2 * radius + 0.02,
        0.025,
        theta + turn + Math.PI / 2 - Math.atan(1 / theta),
      );
    }),
  );

const checkerboard = (): Component[] =>
  [-3, -1, 1, 3].flatMap((i) =>
    [-3, -1, 1, 3].filter((j) => (((i + j) / 2) & 1) === 1).map((j) => round(1, [0.35 * i, 0.35 * j], 0.11)),
  );

export const mixtures = {
  ring: ring(8),
  /** A heavy mode, a light one and a thin slanted stroke. */
  uneven: [
    round(0.75, [-0.8, -0.4], 0.2),
    round(0.15, [0.9, 0.6], 0.12),
    ellipse(0.1, [0.7, -0.8], 0.35, 0.03, 0.6),
  ],
  spiral: spiral(16),
  checkerboard: checkerboard(),
  rings: [...circle(0.45, 14, 0.03), ...circle(1.1, 30, 0.03)],
  pair: [round(0.8, [-1, 0], 0.15), round(0.2, [1, 0], 0.15)],
} as const satisfies Record<MixtureName, Mixture>;

const refuse = (en: string, zh: string): LabError => new LabError('usage', { what: { en, zh } });

/** A mixture from `means` [K, 2], `covariances` [K, 2, 2] and `weights` [K]; weights need not sum to 1. */
export function mixtureFrom(tensors: Readonly<Record<string, HostTensor>>): Mixture {
  const K = tensors.means?.shape[0] ?? 0;
  const shapes = { means: [K, 2], covariances: [K, 2, 2], weights: [K] } as const;
  const read = (name: keyof typeof shapes): readonly number[] => {
    const found = tensors[name];
    const allowed = 'means [K, 2], covariances [K, 2, 2], weights [K]';
    if (!found) throw new LabError('input.missing', { name, allowed });
    if (!isFloat(found.dtype)) {
      throw new LabError('input.dtype', { name, got: found.dtype, allowed: 'F16, F32, F64' });
    }
    if (found.shape.join() !== shapes[name].join()) {
      throw new LabError('input.shape', { name, got: found.shape.join(', '), allowed });
    }
    const values = Array.from(valuesOf(found));
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) {
      throw refuse(
        `${name}: element ${at} is ${values[at]}; every number must be finite`,
        `${name}：第 ${at} 个元素是 ${values[at]}；所有数必须有限`,
      );
    }
    return values;
  };
  const [means, covariances, weights] = [read('means'), read('covariances'), read('weights')];
  if (K < 1 || K > MOST_COMPONENTS) {
    throw refuse(
      `the mixture has ${K} components; allowed: 1 to ${MOST_COMPONENTS}`,
      `混合分布有 ${K} 个分量；允许 1 到 ${MOST_COMPONENTS} 个`,
    );
  }
  if (weights.some((weight) => weight < 0) || !weights.some((weight) => weight > 0)) {
    throw refuse(
      `weights are ${weights.join(', ')}; none may be negative, and one must be positive`,
      `weights 为 ${weights.join('、')}；不能有负数，且至少一个大于 0`,
    );
  }
  return weights.flatMap((weight, k) => {
    const [a = 0, b = 0, b2 = 0, c = 0] = covariances.slice(4 * k, 4 * k + 4);
    const scale = Math.max(Math.abs(a), Math.abs(c));
    // Single precision rounds determinants and the two halves of a symmetric matrix apart.
    if (a < 0 || c < 0 || Math.abs(b - b2) > 1e-5 * scale || a * c - b * b < -1e-6 * scale * scale) {
      throw refuse(
        `covariance ${k} is [[${a}, ${b}], [${b2}, ${c}]]; it must be symmetric and have no negative eigenvalue`,
        `第 ${k} 个协方差是 [[${a}, ${b}], [${b2}, ${c}]]；必须对称且没有负特征值`,
      );
    }
    // A component without weight is nowhere; its logarithm would be −∞.
    return weight === 0 ? [] : [component(weight, [means[2 * k]!, means[2 * k + 1]!], a, (b + b2) / 2, c)];
  });
}
