/** db, the sum of dy over all pixels, in one pass or two. */
import { u32s, type Pass } from '@/gpu/kernel';
import type { Dims } from '@/shaders/conv2d/dims';
import code from './bias.wgsl?raw';

/** Lines of dy from which their sums are cut into parts. */
const LONG = 32;

export const biasScratch = (d: Dims): Record<string, number> => {
  const { parts } = partsOf(d);
  return parts === 1 ? {} : { 'db parts': 16 * Math.ceil((parts * d.Cout) / 4) };
};

function partsOf({ N, down }: Dims): {
  readonly lines: number;
  readonly chunk: number;
  readonly parts: number;
} {
  const lines = N * down.out;
  const chunk = lines <= LONG ? lines : Math.ceil(Math.sqrt(lines));
  return { lines, chunk, parts: Math.ceil(lines / chunk) };
}

export function biasPasses(d: Dims): Pass[] {
  const { lines, chunk, parts } = partsOf(d);
  const width = d.across.out;
  if (parts === 1) return [pass(d, { lines, width, chunk, parts }, 'dy', 'db')];
  return [
    pass(d, { lines, width, chunk, parts }, 'dy', 'db parts'),
    pass(d, { lines: parts, width: 1, chunk: parts, parts: 1 }, 'db parts', 'db'),
  ];
}

interface Sum {
  readonly lines: number;
  readonly width: number;
  readonly chunk: number;
  readonly parts: number;
}

function pass({ Cout }: Dims, sum: Sum, from: string, to: string): Pass {
  const quads = Math.ceil((sum.parts * Cout) / 4);
  return {
    shader: { file: 'conv2d-backward-weights/bias.wgsl', code },
    params: u32s({ channels: Cout, quads, ...sum }),
    bindings: [
      { name: 'dy', buffer: from, access: 'read' },
      { name: 'db', buffer: to, access: 'read_write', vec: 4 },
    ],
    groups: Math.ceil(quads / 64),
    flops: 2 * sum.lines * sum.width * Cout,
  };
}
