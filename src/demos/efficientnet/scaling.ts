/** Compound scaling (Tan & Le 2019, eq. 3): depth d = α^φ, width w = β^φ, resolution r = γ^φ, with αβ²γ² ≈ 2. */
import type { Network } from '@/models/vision/description';
import { scaled, scalings, type Scaling } from '@/models/vision/efficientnet';
import { BASE, type Params } from './params';

export type Coefficients = Pick<Params, 'alpha' | 'beta' | 'gamma' | 'phi'>;

export interface Scales {
  /** Times B0's channels. */
  readonly width: number;
  /** Times B0's layers in each stage. */
  readonly depth: number;
  /** Pixels of a side. */
  readonly resolution: number;
}

/** All published resolutions are multiples of four. */
const pixels = (side: number): number => Math.max(32, 4 * Math.round(side / 4));

export function scalesOf(params: Pick<Params, 'network' | 'resolution'> & Coefficients): Scales {
  const { network, alpha, beta, gamma, phi, resolution } = params;
  if (network === 'scaled')
    return { width: beta ** phi, depth: alpha ** phi, resolution: pixels(resolution * gamma ** phi) };
  const [width, depth, published] = scalings[network];
  return { width, depth, resolution: pixels((published * resolution) / BASE) };
}

export const networkOf = ({ width, depth }: Pick<Scales, 'width' | 'depth'>, classes = 1000): Network =>
  scaled(width, depth, classes);

/** The φ of the slider whose multiply-adds under the paper's α, β, γ are nearest to a published network's: counted. */
export const nearestPhi: Readonly<Record<Scaling, number>> = {
  ...{ b0: 0, b1: 0.3, b2: 1.1, b3: 2.1, b4: 3.7, b5: 4.9, b6: 5.9, b7: 6.9 },
};
