/**
 * Four ways to learn one field from the same noisy points x = x₀ + σ z, with F a network of x and σ:
 *
 *   denoising  ½ ‖F + z‖², as σ s(x) should be −z on average (Vincent 2011), each level weighted by σ² (Song & Ermon 2019);
 *   exact      σ² (½ ‖s‖² + tr ∇s) = ½ ‖F‖² + σ tr ∇F (Hyvärinen 2005);
 *   sliced     σ² (½ (vᵀs)² + vᵀ∇s v) for one random v with E[v vᵀ] = I (Song et al. 2019): exact is sliced along every axis;
 *   flow       ½ ‖F − (z − x₀)‖², the velocity of x_t = (1 − t) x₀ + t z, where σ = t/(1 − t) (Lipman et al. 2023).
 */
import type { Random } from '@/lib/random';
import { tensor, type HostTensor, type HostTensors } from '@/lib/tensor';
import { sample, spreadOf, type Mixture } from '@/methods/diffusion/mixture';
import type { Tensor } from '@/tensor/graph';
import * as ops from '@/tensor/ops';
import type { Network } from '@/tensor/step';
import type { OutputAt } from './langevin';
import { INPUTS, output, parametersOf } from './network';

export const objectives = ['denoising', 'sliced', 'exact', 'flow'] as const;
export type Objective = (typeof objectives)[number];

/** Between a network's numbers and the score: u = (c_in x, c_noise), D = c_skip x + c_out F, s = (D − x)/σ². */
export interface Reading {
  readonly cIn: (sigma: number) => number;
  readonly cNoise: (sigma: number) => number;
  readonly output: OutputAt;
}

export function readingOf(objective: Objective, sigmas: readonly number[], mixture: Mixture): Reading {
  const [low, high] = [Math.log(sigmas[sigmas.length - 1]!), Math.log(sigmas[0]!)];
  const spread = spreadOf(mixture);
  const flow = objective === 'flow';
  return {
    cIn: flow ? (sigma) => 1 / (1 + sigma) : (sigma) => 1 / Math.sqrt(spread + sigma * sigma),
    // From −1 at σ_L to 1 at σ₁.
    cNoise: (sigma) => (high === low ? 0 : (2 * (Math.log(sigma) - low)) / (high - low) - 1),
    output: flow
      ? (sigma) => ({ skip: 1 / (1 + sigma), out: -sigma / (1 + sigma) })
      : (sigma) => ({ skip: 1, out: sigma }),
  };
}

/** Directions along which F is differentiated. */
const directionsOf = (objective: Objective): number =>
  objective === 'exact' ? 2 : objective === 'sliced' ? 1 : 0;

export function networkOf(objective: Objective, rows: number, width: number): Network {
  const f32 = (...shape: number[]) => ({ dtype: 'f32', shape }) as const;
  const D = directionsOf(objective);
  const parameters = parametersOf(width);
  const u = f32(rows, INPUTS);
  if (D === 0) {
    return {
      parameters,
      inputs: { u, target: f32(rows, 2) },
      // The mean over two numbers is half of their sum.
      loss: (weight, { u, target }) => ops.squaredError(output(weight, u!), target!),
    };
  }
  return {
    parameters,
    inputs: {
      ...{ u, tangents: f32(D, rows, INPUTS), directions: f32(D, rows, 2) },
      ...{ pair: f32(2, 1), share: f32(D * rows, 1) },
    },
    loss(weight, { u, tangents, directions, pair, share }) {
      const [F, along] = output(weight, u!, tangents!);
      const dot = (y: Tensor): Tensor => ops.linear(ops.mul(directions!, y), pair!);
      const slices = ops.add(ops.unary('scale', ops.unary('square', dot(F)), 0.5), dot(along));
      const { graph } = u!;
      // A row's part is 1/N, over all slices: the sum is the mean.
      const mean = ops.matmul(graph.reshape(slices, [D * rows, 1]), share!, { transA: true });
      const loss = graph.reshape(mean, [1]);
      return { loss, hit: loss };
    },
  };
}

/** A batch follows from seed and stream alone. */
export function batchOf(
  objective: Objective,
  mixture: Mixture,
  sigmas: readonly number[],
  rows: number,
  random: Random,
): HostTensors {
  const { cIn, cNoise } = readingOf(objective, sigmas, mixture);
  const clean = sample(mixture, rows, random);
  const z = random.normals(2 * rows);
  const levels = Array.from({ length: rows }, () => drawn(objective, sigmas, random));
  const noisy = (i: number): number => clean[i]! + levels[i >> 1]! * z[i]!;
  const triple = (n: number, at: (row: number, axis: number) => number): HostTensor['data'] =>
    Float32Array.from({ length: INPUTS * n }, (_, i) => at(Math.floor(i / INPUTS), i % INPUTS));
  const u = {
    ...{ dtype: 'f32' as const, shape: [rows, INPUTS] },
    data: triple(rows, (row, axis) =>
      axis === 2 ? cNoise(levels[row]!) : cIn(levels[row]!) * noisy(2 * row + axis),
    ),
  };
  const D = directionsOf(objective);
  if (D === 0) {
    const target = z.map((each, i) => (objective === 'flow' ? each - clean[i]! : -each));
    return { u, target: tensor('f32', [rows, 2], target) };
  }
  const v = directions(objective, rows, random);
  return {
    u,
    // dF/dx = c_in dF/du, and σ s = F.
    tangents: {
      ...{ dtype: 'f32' as const, shape: [D, rows, INPUTS] },
      data: triple(D * rows, (i, axis) => {
        const sigma = levels[i % rows]!;
        return axis === 2 ? 0 : sigma * cIn(sigma) * v[2 * i + axis]!;
      }),
    },
    directions: tensor('f32', [D, rows, 2], v),
    pair: tensor('f32', [2, 1], [1, 1]),
    share: tensor('f32', [D * rows, 1], new Float32Array(D * rows).fill(1 / rows)),
  };
}

/** The level of a point: one of the ladder's; of a flow, t evenly between its ends. */
function drawn(objective: Objective, sigmas: readonly number[], random: Random): number {
  if (objective !== 'flow') return random.pick(sigmas);
  const timeOf = (sigma: number): number => sigma / (1 + sigma);
  const [low, high] = [timeOf(sigmas[sigmas.length - 1]!), timeOf(sigmas[0]!)];
  const t = low + random.uniform() * (high - low);
  return t / (1 - t);
}

/** v [D, N, 2]: both axes, or one direction of length √2 for each point. */
function directions(objective: Objective, rows: number, random: Random): Float32Array {
  if (objective === 'exact') {
    return Float32Array.from({ length: 4 * rows }, (_, i) => (i < 2 * rows ? 1 - (i % 2) : i % 2));
  }
  const v = new Float32Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    const angle = 2 * Math.PI * random.uniform();
    v[2 * i] = Math.SQRT2 * Math.cos(angle);
    v[2 * i + 1] = Math.SQRT2 * Math.sin(angle);
  }
  return v;
}
