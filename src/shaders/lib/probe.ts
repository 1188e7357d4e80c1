/**
 * Hutchinson's probes for points in the plane by number, the same on CPU and GPU: v = (±1, ±1), so that E[vᵀ J v] = tr J
 * (Hutchinson 1989; Song et al. 2021, appendix D.2). One probe serves a point's whole path.
 */
import type { Attribute, Shader } from '@/gpu/kernel';
import { philox } from '@/lib/random';
import { philoxLanesShader, type lanes } from './gauss';
import { sumShader } from './mixture';
import flowCode from './mixture-flow.wgsl?raw';
import probeCode from './probe.wgsl?raw';

export interface ProbeAttrs {
  /** The trace of the derivative by one probe for each point instead of exactly. */
  readonly hutchinson: boolean;
  readonly seed: number;
  readonly stream: number;
}

const word = { kind: 'number', default: 0, integer: true, min: 0, max: 2 ** 32 - 1 } as const;
export const probeAttrs = {
  hutchinson: { kind: 'boolean', default: false },
  seed: word,
  stream: word,
} as const satisfies Record<keyof ProbeAttrs, Attribute>;

export function probeOf(point: number, { seed, stream }: Omit<ProbeAttrs, 'hutchinson'>): [1 | -1, 1 | -1] {
  const [first, second] = philox([point, 0, 0, 0], [seed, stream]);
  return [first >>> 31 === 0 ? 1 : -1, second >>> 31 === 0 ? 1 : -1];
}

/** q of vᵀ J v = J₁₁ + J₂₂ + 2 q J₁₂: the product of the probe's entries, or 0 for the trace itself. */
export function crossOf(point: number, attrs: ProbeAttrs): number {
  if (!attrs.hutchinson) return 0;
  const [a, b] = probeOf(point, attrs);
  return a * b;
}

/** `probe(walker, seed, stream)`, q of each of an invocation's points. */
export const probeShader = (width: keyof typeof lanes): Shader => ({
  file: 'lib/probe.wgsl',
  code: probeCode,
  uses: [philoxLanesShader(width)],
});

/** `flow(p, start, components, pull, q, mine)` over `prepared`: the denoiser and its derivative along the probe. */
export const flowShader = (width: keyof typeof lanes): Shader => ({
  file: 'lib/mixture-flow.wgsl',
  code: flowCode,
  uses: [sumShader(width)],
});
