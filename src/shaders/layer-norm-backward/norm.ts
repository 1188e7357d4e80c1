/** Gradients of layer norm and RMS norm: one declaration, with or without the mean and the shift. */
import type { Capabilities } from '@/gpu/capabilities';
import { u32s, type Kernel, type NoAttrs, type Plan, type Problem, type Shader } from '@/gpu/kernel';
import { byteLength, dtypeBytes, sizeOf, type Specs } from '@/lib/tensor';
import { normDims, type NormDims } from '@/shaders/layer-norm/norm';
import { givenLike, overQuads } from '@/shaders/lib/flat';
import { four } from '@/shaders/lib/four';
import { alone, rowDefault, rowTitles, shared, type Rowwise } from '@/shaders/lib/rowwise';
import applyAlignedCode from './apply-aligned.wgsl?raw';
import applyCode from './apply.wgsl?raw';
import columnsCode from './columns.wgsl?raw';
import joinCode from './join.wgsl?raw';
import sumsCode from './sums.wgsl?raw';

const shader = (name: string, code: string, uses: readonly Shader[] = []): Shader => ({
  file: `layer-norm-backward/${name}.wgsl`,
  code,
  uses,
});

function backwardDims(inputs: Specs): NormDims {
  const dims = normDims(inputs);
  givenLike(inputs, 'dy', 'x', dims.x.shape);
  givenLike(inputs, 'stats', 'the forward pass', [dims.rows, 2]);
  return dims;
}

function plan({ inputs }: Problem<NoAttrs>, centre: boolean, rowwise: Rowwise, caps: Capabilities): Plan {
  const { rows, width } = normDims(inputs);
  const size = rows * width;
  const quads = Math.ceil(width / 4);
  const aligned = width % 4 === 0;
  const [x, dy, gamma] = [four('x', aligned), four('dy', aligned), four('gamma', aligned)];
  // Enough parts to keep the adapter busy, of at least 16 rows.
  const wanted = caps.adapterKind === 'hardware' ? 16384 : 256;
  const chunk = Math.max(16, Math.ceil((rows * quads) / wanted));
  const parts = Math.ceil(rows / chunk);
  const read = (name: string, vec: 1 | 2 | 4 = 1) => ({ name, access: 'read', vec }) as const;
  const write = (name: string, vec: 2 | 4) => ({ name, access: 'read_write', vec }) as const;
  return {
    scratch: {
      sums: 8 * rows,
      partial: 32 * parts * quads,
      // RMS norm has no shift; what its gradient would be is dropped.
      ...(centre ? {} : { dbeta: 16 * quads }),
    },
    passes: [
      {
        shader: shader('sums', sumsCode, [x.shader, dy.shader, gamma.shader, rowwise.library]),
        constants: { CENTRE: centre },
        params: u32s({ rows, width }),
        bindings: [x.binding, dy.binding, read('stats', 2), gamma.binding, write('sums', 2)],
        groups: rowwise.groups(rows),
        flops: 15 * size,
      },
      overQuads(size, 20, {
        shader: aligned ? shader('apply-aligned', applyAlignedCode) : shader('apply', applyCode),
        params: u32s({ rows, width }),
        bindings: [
          read('x', 4),
          read('dy', 4),
          read('stats', 2),
          read('sums', 2),
          gamma.binding,
          write('dx', 4),
        ],
      }),
      {
        shader: shader('columns', columnsCode, [x.shader, dy.shader]),
        params: u32s({ rows, width, quads, parts, chunk }),
        bindings: [x.binding, dy.binding, read('stats', 2), write('partial', 4)],
        groups: Math.ceil((parts * quads) / 64),
        flops: 15 * size,
      },
      overQuads(width, 2 * parts, {
        shader: shader('join', joinCode),
        params: u32s({ parts }),
        bindings: [read('partial', 4), write('dgamma', 4), write('dbeta', 4)],
      }),
    ],
  };
}

const floats = ['f32', 'f16'] as const;

export const normBackwardKernel = (
  about: Pick<Kernel<NoAttrs>, 'name' | 'title'>,
  { centre }: { readonly centre: boolean },
): Kernel<NoAttrs> => ({
  ...about,
  inputs: {
    x: { dtypes: floats, shape: '[rows…, width]' },
    gamma: { dtypes: floats, shape: '[width]' },
    stats: { dtypes: ['f32'], shape: '[rows, 2], of the forward pass' },
    dy: { dtypes: floats, shape: '[rows…, width]' },
  },
  outputs: {
    dx: { shape: '[rows…, width]' },
    dgamma: { shape: '[width]' },
    ...(centre ? { dbeta: { shape: '[width]' } } : {}),
  },
  attrs: {},
  infer(inputs) {
    const { x } = backwardDims(inputs);
    const gamma = inputs.gamma!;
    return { dx: x, dgamma: gamma, ...(centre ? { dbeta: gamma } : {}) };
  },
  // The weights' gradients are sums over all rows: they do not split.
  rows: () => 1,
  work({ inputs }) {
    const { x } = normDims(inputs);
    const size = sizeOf(x.shape);
    return { flops: 15 * size, bytes: 2 * byteLength(x) + size * dtypeBytes(inputs.dy!.dtype) };
  },
  variants: {
    register: { title: rowTitles.register, plan: (problem, caps) => plan(problem, centre, alone, caps) },
    workgroup: { title: rowTitles.workgroup, plan: (problem, caps) => plan(problem, centre, shared, caps) },
  },
  defaultVariant: ({ inputs }, caps) => rowDefault(caps, normDims(inputs).width),
});
