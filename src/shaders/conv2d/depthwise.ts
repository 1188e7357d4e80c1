/** Each channel by itself, four at a time: what is read is the work. */
import type { Capabilities } from '@/gpu/capabilities';
import { u32, u32s, type Binding, type Plan, type Variant } from '@/gpu/kernel';
import type { Text } from '@/lib/text';
import { residualBindings } from '@/shaders/lib/residual';
import code from './depthwise.wgsl?raw';
import { dims, flopsOf, type Conv2dAttrs, type Dims } from './dims';
import { axisOf, axisParams, biasOf, line, putResult, type Gather } from './gather';
import packCode from './pack.wgsl?raw';
import { shader } from './parts';

export const depthwiseTitle: Text = {
  en: 'a quad of channels by itself',
  zh: '四个通道一组，逐通道计算',
};

export const isDepthwise = ({ cIn, cOut, C }: Dims): boolean => cIn === 1 && cOut === 1 && C % 4 === 0;

export const notDepthwise = (d: Dims): Text | undefined =>
  isDepthwise(d)
    ? undefined
    : {
        en: `${d.groups} groups of ${d.cIn} channels to ${d.cOut}; needed: one to one, in a multiple of four groups`,
        zh: `共 ${d.groups} 组，每组 ${d.cIn} 个通道变为 ${d.cOut} 个；要求：一对一，且组数为 4 的倍数`,
      };

export function planDepthwise(gather: Gather, caps: Capabilities): Plan {
  const { dims: d, transposed, source, result, hasBias, activation } = gather;
  const [y, x] = [axisOf(d.down, transposed), axisOf(d.across, transposed)];
  const to4 = d.C / 4;
  const taps = d.down.taps * d.across.taps;
  const rows = Math.ceil(y.to / y.phases);
  const runs = Math.ceil(Math.ceil(x.to / x.phases) / 4);
  const total = y.phases * x.phases * d.N * rows * runs * to4;
  const dtype = caps.f16 ? d.dtype : 'f32';
  const packed: Binding = { name: 'packed', access: 'read_write', vec: 4, dtype };
  return {
    scratch: { packed: taps * to4 * (dtype === 'f16' ? 8 : 16) },
    passes: [
      {
        shader: shader('pack', packCode),
        params: u32s({
          ...{ total: taps * to4, quads: to4, rows: 1, taps, columns: d.C },
          ...{ group_size: 0, row_step: 0, column_step: taps },
        }),
        bindings: [{ name: 'w', access: 'read' }, packed],
        groups: Math.ceil((taps * to4) / 64),
        flops: 16 * taps * to4,
      },
      {
        shader: shader('depthwise', code, [line, putResult(gather)]),
        constants: { TRANSPOSED: transposed, HAS_BIAS: hasBias, ACTIVATES: activation > 0 },
        params: {
          ...u32s({ images: d.N, total, rows, runs, to4 }),
          activation: u32(activation),
          ...axisParams('h', d.down, y),
          ...axisParams('w', d.across, x),
        },
        bindings: [
          { name: 'source', buffer: source, access: 'read', vec: 4 },
          biasOf(gather, 4),
          ...residualBindings(gather.hasResidual),
          { name: 'result', buffer: result, access: 'read_write', vec: 4 },
          { ...packed, name: 'weights', buffer: 'packed', access: 'read' },
        ],
        groups: Math.ceil(total / 64),
        flops: flopsOf(d),
      },
    ],
  };
}

export const depthwise: Variant<Conv2dAttrs> = {
  title: depthwiseTitle,
  unsupported: ({ inputs, attrs }) => notDepthwise(dims(inputs, attrs)),
  plan({ inputs, attrs }, caps) {
    const { hasBias, hasResidual, activation, ...d } = dims(inputs, attrs);
    const epilogue = { hasBias, hasResidual, activation };
    const gather = { dims: d, transposed: false, source: 'x', result: 'y', ...epilogue };
    return planDepthwise(gather, caps);
  },
};
