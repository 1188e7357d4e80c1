/** The attention pattern of one head as an image, p = exp(scale·q·k − lse) made again where a pixel needs it. */
import { defineKernel, f32, u32 } from '@/gpu/kernel';
import { byteLength, type Specs } from '@/lib/tensor';
import {
  attentionAttrs,
  maskBinding,
  visibleConstants,
  visibleParams,
  visibleShader,
} from '../attention/dims';
import colormapCode from '../lib/colormap.wgsl?raw';
import { drawDims, neutrals, samplesOf, type DrawAttrs } from './paint';
import code from './pixels.wgsl?raw';

const whole = { kind: 'number', default: 0, integer: true, min: 0 } as const;
const side = { kind: 'number', default: 256, integer: true, min: 1, max: 4096 } as const;

/** Operations of a frame: every sample of every pixel is a product of length D. */
const flopsOf = (attrs: DrawAttrs, D: number): number =>
  attrs.width * attrs.height * samplesOf(attrs) ** 2 * (2 * D + 20);

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
    batch: whole,
    head: whole,
    x0: { kind: 'number', default: 0 },
    y0: { kind: 'number', default: 0 },
    zoom: { kind: 'number', default: 1, min: 1e-4, max: 1024 },
    width: side,
    height: side,
    dark: { kind: 'boolean', default: false },
    gamma: { kind: 'number', default: 0.5, min: 0.05, max: 5 },
  },
  infer(inputs, attrs) {
    drawDims({ inputs, attrs });
    return { pixels: { dtype: 'u32', shape: [attrs.height, attrs.width] } };
  },
  rows: ({ attrs }) => attrs.height,
  work(problem) {
    const { D } = drawDims(problem);
    const bytes = (specs: Specs) => Object.values(specs).reduce((sum, spec) => sum + byteLength(spec), 0);
    return { flops: flopsOf(problem.attrs, D), bytes: bytes(problem.inputs) + bytes(problem.outputs) };
  },
  variants: {
    pixels: {
      title: { en: 'a pixel each', zh: '每次调用一个像素' },
      plan(problem) {
        const { attrs } = problem;
        const d = drawDims(problem);
        const head = attrs.batch * d.H + attrs.head;
        const samples = samplesOf(attrs);
        const { outside, masked } = neutrals(attrs.dark);
        return {
          passes: [
            {
              shader: {
                file: 'draw-attention/pixels.wgsl',
                code,
                uses: [visibleShader(d), { file: 'lib/colormap.wgsl', code: colormapCode }],
              },
              constants: visibleConstants(d),
              params: {
                ...visibleParams(d),
                d4: u32(d.D / 4),
                head: u32(head),
                plane: u32(Math.floor((head * d.Hkv) / d.H)),
                width: u32(attrs.width),
                height: u32(attrs.height),
                samples: u32(samples),
                spacing: f32(1 / samples),
                step: f32(1 / attrs.zoom),
                x0: f32(attrs.x0),
                y0: f32(attrs.y0),
                scale: f32(d.scale),
                gamma: f32(attrs.gamma),
                outside: u32(outside),
                masked: u32(masked),
              },
              bindings: [
                { name: 'q', access: 'read', vec: 4 },
                { name: 'k', access: 'read', vec: 4 },
                { name: 'lse', access: 'read' },
                ...maskBinding(d),
                { name: 'pixels', access: 'read_write' },
              ],
              groups: Math.ceil((attrs.width * attrs.height) / 64),
              flops: flopsOf(attrs, d.D),
            },
          ],
        };
      },
    },
  },
  defaultVariant: () => 'pixels',
});
