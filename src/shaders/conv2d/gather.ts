/** Plans of gather.wgsl: what the convolution and the gradient of its images have in common. */
import type { Capabilities } from '@/gpu/capabilities';
import { i32, u32, u32s, type Binding, type Pass, type Plan, type Scalar, type Shader } from '@/gpu/kernel';
import { activatedShader } from '@/shaders/lib/activation';
import { overQuads } from '@/shaders/lib/flat';
import { residualBindings, residualShader } from '@/shaders/lib/residual';
import { flopsOf, type Axis, type Dims } from './dims';
import finishCode from './finish.wgsl?raw';
import gatherCode from './gather.wgsl?raw';
import lineCode from './line.wgsl?raw';
import packCode from './pack.wgsl?raw';
import { shader } from './parts';
import placeCode from './place.wgsl?raw';
import putResultCode from './put-result.wgsl?raw';
import putSumsCode from './put-sums.wgsl?raw';
import quadCode from './quad.wgsl?raw';
import registerCode from './register.wgsl?raw';
import sourceQuadsCode from './source-quads.wgsl?raw';
import sourceSingleCode from './source-single.wgsl?raw';
import tiledCode from './tiled.wgsl?raw';

/** What is gathered from which tensor into which; the weights are always called w. */
export interface Gather {
  readonly dims: Dims;
  /** The gradient of x from dy, instead of y from x. */
  readonly transposed: boolean;
  readonly source: string;
  readonly result: string;
  readonly hasBias: boolean;
  readonly hasResidual: boolean;
  /** Its place in `activations`. */
  readonly activation: number;
}

interface Sizes {
  /** Channels of a group of the source and of the result; the latter in quads. */
  readonly cFrom: number;
  readonly cTo: number;
  readonly to4: number;
  /** Quads in a row of packed weights: whole tiles. */
  readonly toRow: number;
  readonly pixels: number;
}

function sizesOf({ dims: d, transposed }: Gather): Sizes {
  const [cFrom, cTo] = transposed ? [d.cOut, d.cIn] : [d.cIn, d.cOut];
  const [h, w] = transposed ? [d.down.size, d.across.size] : [d.down.out, d.across.out];
  const to4 = Math.ceil(cTo / 4);
  return { cFrom, cTo, to4, toRow: 4 * Math.ceil(to4 / 4), pixels: d.N * h * w };
}

/** Pixels and channels of a tile in workgroup memory. */
const TILE = 64;

const lanes = ({ adapterKind }: Capabilities): number => (adapterKind === 'hardware' ? 32 : 8);

/** How the product is walked: `quad` loads weights by quads of lanes together, which takes subgroups. */
export type Walker = 'register' | 'quad' | 'tiled';

/** Channels of the source that a group sees come as whole quads. */
export const isAligned = (gather: Pick<Gather, 'dims' | 'transposed'>): boolean =>
  (gather.transposed ? gather.dims.cOut : gather.dims.cIn) % 4 === 0;

export function planGather(gather: Gather, caps: Capabilities, walker: Walker): Plan {
  const { dims: d, hasBias, activation } = gather;
  const sizes = sizesOf(gather);
  const { cFrom, cTo, to4, toRow, pixels } = sizes;
  const taps = d.down.taps * d.across.taps;
  const software = caps.adapterKind !== 'hardware';
  // An activation's code is long, and compiled for every store: on a CPU, where that takes a while, it is better alone.
  const direct = cTo % 4 === 0 && !(activation > 0 && software);
  const weights = d.groups * taps * cFrom * toRow;
  // An adapter that has no f16 unpacks it in many steps: better once than at every load.
  const dtype = caps.f16 ? d.dtype : 'f32';
  const packed: Binding = { name: 'packed', access: 'read_write', vec: 4, dtype };
  const main = mainPass(gather, caps, walker, direct);
  return {
    scratch: {
      packed: weights * (dtype === 'f16' ? 8 : 16),
      ...(direct ? {} : { sums: 16 * pixels * d.groups * to4 }),
    },
    passes: [
      {
        shader: shader('pack', packCode),
        params: u32s({
          ...{ total: weights, quads: toRow, rows: cFrom, taps, columns: cTo },
          group_size: d.cOut * d.cIn * taps,
          row_step: gather.transposed ? d.cIn * taps : taps,
          column_step: gather.transposed ? taps : d.cIn * taps,
        }),
        bindings: [{ name: 'w', access: 'read' }, packed],
        groups: Math.ceil(weights / 64),
        flops: 16 * weights,
      },
      {
        ...main,
        bindings: [...main.bindings, { ...packed, name: 'weights', buffer: 'packed', access: 'read' }],
      },
      ...(direct
        ? []
        : [
            overQuads(pixels * d.groups * cTo, 4, {
              shader: shader('finish', finishCode, [activatedShader, residualShader(gather.hasResidual)]),
              params: {
                ...u32s({ size: pixels * d.groups * cTo, c_to: cTo, to4, groups: d.groups }),
                ...{ has_bias: u32(Number(hasBias)), activation: u32(activation) },
              },
              bindings: [
                { name: 'sums', access: 'read' },
                biasOf(gather, 1),
                ...residualBindings(gather.hasResidual),
                { name: 'result', buffer: gather.result, access: 'read_write', vec: 4 },
              ],
            }),
          ]),
    ],
  };
}

/** The bias, or where there is none some buffer that is not read: it is one pipeline then. */
export const biasOf = ({ hasBias, source }: Gather, vec: 1 | 4): Binding =>
  hasBias
    ? { name: 'bias', access: 'read', vec }
    : { name: 'bias', buffer: source, access: 'read', vec, offset: 0, size: 16 };

const sourceQuads = shader('source-quads', sourceQuadsCode);
const sourceSingle = shader('source-single', sourceSingleCode);
export const line = shader('line', lineCode);
const place = shader('place', placeCode, [line]);
const putSums = shader('put-sums', putSumsCode);
export const putResult = ({ hasResidual }: Gather): Shader =>
  shader('put-result', putResultCode, [activatedShader, residualShader(hasResidual)]);

function mainPass(gather: Gather, caps: Capabilities, walker: Walker, direct: boolean): Pass {
  const { dims: d, transposed, source, result, hasBias, activation } = gather;
  const { cFrom, to4, toRow } = sizesOf(gather);
  const aligned = isAligned(gather);
  const QUADS = to4 === 1 ? 1 : to4 === 2 ? 2 : 4;
  const WG = lanes(caps);
  const [y, x] = [axisOf(d.down, transposed), axisOf(d.across, transposed)];
  const first = d.N * Math.ceil(y.to / y.phases) * Math.ceil(x.to / x.phases);
  const tiled = walker === 'tiled';
  const tilesM = Math.ceil(first / (tiled ? TILE : 4 * WG));
  const tilesN = Math.ceil(to4 / (tiled ? TILE / 4 : QUADS));
  const unit = aligned ? 4 : 1;
  const out = direct ? putResult(gather) : putSums;
  const through = [aligned ? sourceQuads : sourceSingle, out, shader('gather', gatherCode, [place])];
  const shaders: Readonly<Record<Walker, () => Shader>> = {
    register: () => shader('register', registerCode, through),
    quad: () => shader('quad', quadCode, through),
    tiled: () => shader('tiled', tiledCode, [out, place]),
  };
  return {
    shader: shaders[walker](),
    constants: {
      ...(tiled ? {} : { WG, QUADS, ALIGNED: aligned }),
      TRANSPOSED: transposed,
      ...(direct && { HAS_BIAS: hasBias, ACTIVATES: activation > 0 }),
    },
    params: {
      ...u32s({ images: d.N, groups: d.groups, tiles_m: tilesM, tiles_n: tilesN, to4, to_row: toRow }),
      ...u32s({ from_c: (cFrom * d.groups) / unit, c_from: cFrom / unit, k_tap: cFrom }),
      ...{ taps: u32(d.down.taps * d.across.taps), activation: u32(activation) },
      ...axisParams('h', d.down, y),
      ...axisParams('w', d.across, x),
    },
    bindings: [
      { name: 'source', buffer: source, access: 'read', vec: aligned ? 4 : 1 },
      ...(direct
        ? ([
            biasOf(gather, 4),
            ...residualBindings(gather.hasResidual),
            { name: 'result', buffer: result, access: 'read_write', vec: 4 },
          ] as const)
        : ([{ name: 'sums', access: 'read_write', vec: 4 }] as const)),
    ],
    groups: y.phases * x.phases * d.groups * tilesM * tilesN,
    flops: flopsOf(d),
    ...(walker === 'quad' ? { subgroups: true } : {}),
  };
}

/** One axis as gather.wgsl walks it, in pixels. */
export interface Walk {
  readonly from: number;
  readonly to: number;
  readonly phases: number;
  /** Source pixels from one pixel of a phase to the next, and from one of its taps to the next; taps between those. */
  readonly move: number;
  readonly step: number;
  readonly every: number;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

export function axisOf({ size, out, stride, dilation }: Axis, transposed: boolean): Walk {
  if (!transposed) return { from: size, to: out, phases: 1, move: stride, step: dilation, every: 1 };
  const common = divisor(stride, dilation);
  return {
    ...{ from: out, to: size, phases: Math.min(stride, size), move: 1 },
    ...{ step: -dilation / common, every: stride / common },
  };
}

export const axisParams = (side: 'h' | 'w', axis: Axis, walk: Walk): Readonly<Record<string, Scalar>> => ({
  ...u32s({
    [`from_${side}`]: walk.from,
    [`to_${side}`]: walk.to,
    [`phases_${side}`]: walk.phases,
    [`move_${side}`]: walk.move,
    [`every_${side}`]: walk.every,
    [`taps_${side}`]: axis.taps,
    [`stride_${side}`]: axis.stride,
    [`dilation_${side}`]: axis.dilation,
    [`before_${side}`]: axis.before,
  }),
  [`step_${side}`]: i32(walk.step),
});
