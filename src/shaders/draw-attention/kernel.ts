/** The picture of an attention pattern, rebuilt entry by entry from q, k and lse as the backward pass rebuilds it. */
import { defineKernel, f32, u32, type Attribute } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { byteLength } from '@/lib/tensor';
import {
  attentionAttrs,
  dims,
  maskBinding,
  scaleParam,
  visibleConstants,
  visibleParams,
  visibleShader,
  type AttentionAttrs,
  type Dims,
} from '../attention/dims';
import code from './draw.wgsl?raw';

export interface DrawAttrs extends AttentionAttrs {
  /** b·H + h. */
  readonly head: number;
  /** The middle of what is seen, in [0, 1]² of the whole pattern (keys to the right, queries down), and how near. */
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly dark: boolean;
}

/** Colour of pairs that may not be seen, as the page's surface: red in the lowest byte. */
export const blank = (dark: boolean): number => (dark ? 0xff251f1c : 0xfff2f5f5) >>> 0;

/** log₂(P·T) is shown from −SPAN to SPAN. */
export const SPAN = 6;

const number = (value: number, more: Partial<Extract<Attribute, { kind: 'number' }>>): Attribute => ({
  kind: 'number',
  default: value,
  ...more,
});

/** Sizes of the pattern; `v` has no part in it, and stands in as k. */
export const patternDims = ({ inputs, attrs }: Parameters<typeof dims>[0]): Dims =>
  dims({ inputs: { ...inputs, v: inputs.k! }, attrs });

export const kernel = defineKernel<DrawAttrs>({
  name: 'draw-attention',
  title: { en: 'Attention pattern, drawn', zh: '绘制注意力图' },
  inputs: {
    q: { dtypes: ['f32', 'f16'], shape: '[B, H, S, D]' },
    k: { dtypes: ['f32', 'f16'], shape: '[B, Hkv, T, D]' },
    lse: { dtypes: ['f32'], shape: '[B, H, S]' },
    mask: { dtypes: ['u8'], optional: true, shape: '[S, T]' },
  },
  outputs: { pixels: { shape: '[height, width]' } },
  attrs: {
    ...attentionAttrs,
    head: number(0, { integer: true, min: 0 }),
    x: number(0.5, { min: 0, max: 1 }),
    y: number(0.5, { min: 0, max: 1 }),
    zoom: number(1, { min: 1 }),
    width: number(256, { integer: true, min: 1, max: 8192 }),
    height: number(256, { integer: true, min: 1, max: 8192 }),
    dark: { kind: 'boolean', default: false },
  },
  infer(inputs, attrs) {
    const { B, H, S } = patternDims({ inputs, attrs });
    if (inputs.lse?.shape.join() !== [B, H, S].join())
      throw new LabError('input.shape', {
        name: 'lse',
        got: inputs.lse?.shape.join(', ') ?? '',
        allowed: `[${B}, ${H}, ${S}]`,
      });
    if (attrs.head >= B * H)
      throw new LabError('attr.value', { name: 'head', got: attrs.head, allowed: `0 to ${B * H - 1}` });
    return { pixels: { dtype: 'u32', shape: [attrs.height, attrs.width] } };
  },
  rows: ({ attrs }) => attrs.height,
  work(problem) {
    const { width, height } = problem.attrs;
    const { S, T, D } = patternDims(problem);
    const seen = byteLength({ dtype: 'f32', shape: [S + T, D] });
    return { flops: 2 * D * width * height, bytes: seen + 4 * width * height };
  },
  variants: {
    direct: {
      title: { en: 'one pixel an invocation', zh: '每个线程一个像素' },
      plan(problem) {
        const d = patternDims(problem);
        const { attrs } = problem;
        const { head, x, y, zoom, width, height, dark } = attrs;
        const keyHead = Math.floor(head / d.H) * d.Hkv + Math.floor(((head % d.H) * d.Hkv) / d.H);
        return {
          passes: [
            {
              shader: { file: 'draw-attention/draw.wgsl', code, uses: [visibleShader(d)] },
              constants: visibleConstants(d),
              params: {
                ...visibleParams(d),
                D4: u32(d.D / 4),
                head: u32(head),
                key_head: u32(keyHead),
                scale: scaleParam(d),
                log2_T: f32(Math.log2(d.T)),
                left: f32((x - 0.5 / zoom) * d.T),
                top: f32((y - 0.5 / zoom) * d.S),
                step_x: f32(d.T / zoom / width),
                step_y: f32(d.S / zoom / height),
                width: u32(width),
                height: u32(height),
                blank: u32(blank(dark)),
              },
              bindings: [
                { name: 'q', access: 'read', vec: 4 },
                { name: 'k', access: 'read', vec: 4 },
                { name: 'lse', access: 'read' },
                ...maskBinding(d),
                { name: 'pixels', access: 'read_write' },
              ],
              groups: Math.ceil((width * height) / 64),
              flops: 2 * d.D * width * height,
            },
          ],
        };
      },
    },
  },
  defaultVariant: () => 'direct',
});
