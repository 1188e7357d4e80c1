/** Each channel by itself, four columns at a time down the image: what is loaded serves every row that it goes into. */
import type { Capabilities } from '@/gpu/capabilities';
import { i32, u32, u32s, type Plan, type Variant } from '@/gpu/kernel';
import type { Text } from '@/lib/text';
import { activatedShader } from '@/shaders/lib/activation';
import { residualBindings, residualShader } from '@/shaders/lib/residual';
import { notDepthwise } from './depthwise';
import { dims, flopsOf, type Axis, type Conv2dAttrs, type Dims } from './dims';
import { biasOf, type Gather } from './gather';
import { shader } from './parts';
import code from './strip.wgsl?raw';
import { stripWindow } from './stripWindow';

export const stripTitle: Text = {
  en: 'four channels by four columns, down the image',
  zh: '四个通道 × 四列，沿图像向下滑动',
};

const fits = ({ taps, stride, dilation }: Axis, transposed: boolean): boolean =>
  (taps === 3 || taps === 5) && dilation === 1 && (stride === 1 || (stride === 2 && !transposed));

/** Why an image cannot be walked so, or nothing. */
export function notStrip(d: Dims, transposed: boolean): Text | undefined {
  const { down, across } = d;
  if (
    fits(down, transposed) &&
    down.taps === across.taps &&
    down.stride === across.stride &&
    across.dilation === 1
  )
    return notDepthwise(d);
  const strides = transposed
    ? { en: 'stride 1', zh: '步幅为 1' }
    : { en: 'stride 1 or 2', zh: '步幅为 1 或 2' };
  return {
    en: `the window has to be 3 × 3 or 5 × 5, with ${strides.en} and without dilation`,
    zh: `窗口须为 3 × 3 或 5 × 5，${strides.zh}，且无膨胀`,
  };
}

/** Few invocations with many registers each: right for a CPU, which has few threads. */
export const prefersStrip = (d: Dims, transposed: boolean, { adapterKind }: Capabilities): boolean =>
  adapterKind !== 'hardware' && !notStrip(d, transposed);

/** Invocations that keep an adapter busy, and how many share a workgroup: CPUs have few threads, which share them out. */
const shape = ({ adapterKind }: Capabilities): { readonly wanted: number; readonly WG: number } =>
  adapterKind === 'hardware' ? { wanted: 65536, WG: 64 } : { wanted: 512, WG: 16 };

export function planStrip(gather: Gather, caps: Capabilities): Plan {
  const { dims: d, transposed, source, result, hasBias, hasResidual, activation } = gather;
  const { down, across } = d;
  const { wanted, WG } = shape(caps);
  const to4 = d.C / 4;
  const [fromH, fromW, toH, toW] = transposed
    ? [down.out, across.out, down.size, across.size]
    : [down.size, across.size, down.out, across.out];
  const before = ({ taps, before: own }: Axis): number => (transposed ? taps - 1 - own : own);
  const runs = Math.ceil(toW / 4);
  // The lines above a segment are loaded for it once more: it has at least as many rows.
  const most = Math.max(1, Math.floor(toH / (down.taps - 1)));
  const rows = Math.ceil(toH / Math.min(most, Math.ceil(wanted / (d.N * runs * to4))));
  const segments = Math.ceil(toH / rows);
  const total = d.N * segments * runs * to4;
  return {
    passes: [
      {
        shader: shader('strip', code, [
          activatedShader,
          residualShader(hasResidual),
          stripWindow(down.taps, down.stride, transposed),
        ]),
        constants: { WG, SIZE: down.taps, STRIDE: down.stride, HAS_BIAS: hasBias, ACTIVATES: activation > 0 },
        params: {
          ...u32s({ total, runs, segments, rows, to4 }),
          ...u32s({ from_h: fromH, from_w: fromW, to_h: toH, to_w: toW }),
          ...{ before_h: i32(before(down)), before_w: i32(before(across)), activation: u32(activation) },
        },
        bindings: [
          { name: 'source', buffer: source, access: 'read', vec: 4 },
          { name: 'w', access: 'read' },
          biasOf(gather, 4),
          ...residualBindings(hasResidual),
          { name: 'result', buffer: result, access: 'read_write', vec: 4 },
        ],
        groups: Math.ceil(total / WG),
        flops: flopsOf(d),
      },
    ],
  };
}

export const strip: Variant<Conv2dAttrs> = {
  title: stripTitle,
  unsupported: ({ inputs, attrs }) => notStrip(dims(inputs, attrs), false),
  plan({ inputs, attrs }, caps) {
    const { hasBias, hasResidual, activation, ...d } = dims(inputs, attrs);
    const epilogue = { hasBias, hasResidual, activation };
    return planStrip({ dims: d, transposed: false, source: 'x', result: 'y', ...epilogue }, caps);
  },
};
