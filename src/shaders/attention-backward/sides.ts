/** The two passes of the flash variants, dq and then dk with dv: one shader, and a file that says which side it owns. */
import type { Binding, Pass, Shader } from '@/gpu/kernel';
import { maskBinding, seenShader, visibleConstants, visiblePairs, type Dims } from '../attention/dims';
import ofKeysCode from './of-keys.wgsl?raw';
import ofQueriesCode from './of-queries.wgsl?raw';
import { gradient, params, shader, stats, wide } from './shared';

export interface Sides extends Pick<Pass, 'constants' | 'params'> {
  readonly file: string;
  readonly code: string;
  /** Rows that a workgroup owns. */
  readonly rows: number;
}

const ofQueries: Shader = { file: 'attention-backward/of-queries.wgsl', code: ofQueriesCode };
const ofKeys: Shader = { file: 'attention-backward/of-keys.wgsl', code: ofKeysCode };

const sources = (a: string, b: string, otherA: string, otherB: string): readonly Binding[] =>
  Object.entries({ a, b, other_a: otherA, other_b: otherB }).map(([name, buffer]) => ({
    ...wide(name),
    buffer,
  }));

export function passesOf(d: Dims, { file, code, rows, ...more }: Sides): readonly Pass[] {
  const planes = d.B * d.Hkv;
  const pairs = d.B * d.H * d.D * visiblePairs(d);
  const common = {
    constants: { ...visibleConstants(d), ...more.constants },
    params: { ...params(d), ...more.params },
  };
  const rest = [stats, ...maskBinding(d)];
  const dq = { ...gradient('da'), buffer: 'dq' };
  const dk = { ...gradient('da'), buffer: 'dk' };
  const dv = { ...gradient('db'), buffer: 'dv' };
  return [
    {
      ...common,
      shader: shader(d, file, code, seenShader(d), ofQueries),
      bindings: [...sources('q', 'do', 'k', 'v'), ...rest, dq],
      groups: planes * Math.ceil(((d.H / d.Hkv) * d.S) / rows),
      flops: 6 * pairs,
    },
    {
      ...common,
      shader: shader(d, file, code, seenShader(d), ofKeys),
      bindings: [...sources('k', 'v', 'q', 'do'), ...rest, dk, dv],
      groups: planes * Math.ceil(d.T / rows),
      flops: 8 * pairs,
    },
  ];
}
