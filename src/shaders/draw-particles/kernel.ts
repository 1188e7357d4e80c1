/** Particles painted straight from their buffer, over a colour or a picture; the more lie in a pixel, the more ink. */
import { defineKernel, f32, u32, type Shader } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { clearPass } from '@/shaders/lib/clear';
import { givenLike } from '@/shaders/lib/flat';
import { pointCount, scaleOf, windowAttrs, windowParams } from '@/shaders/lib/window';
import colormapCode from '../lib/colormap.wgsl?raw';
import { gainOf, groundOf, inkOf, type DrawParticlesAttrs } from './paint';
import paintCode from './paint.wgsl?raw';
import splatCode from './splat.wgsl?raw';

const ground = (given: boolean): Shader => ({
  file: `draw-particles/ground_${given ? 'given' : 'plain'}`,
  code: `fn ground_at(i: u32) -> u32 { return ${given ? 'under[i]' : 'params.ground'}; }`,
});

const flopsOf = (n: number, { width, height, radius }: DrawParticlesAttrs): number =>
  n * (10 + 10 * (2 * radius + 2) ** 2) + 20 * width * height;

export const kernel = defineKernel<DrawParticlesAttrs>({
  name: 'draw-particles',
  title: { en: 'Particles, drawn', zh: '绘制粒子' },
  inputs: {
    x: { dtypes: ['f32'], shape: '[n, 2]' },
    under: { dtypes: ['u32'], optional: true, shape: '[height, width], a picture to paint on' },
  },
  outputs: { pixels: { shape: '[height, width]' } },
  attrs: {
    ...windowAttrs,
    radius: { kind: 'number', default: 1, min: 0.5, max: 16 },
    opacity: { kind: 'number', default: 0.5, min: 1e-3, max: 0.999 },
    ink: { kind: 'number', default: 0x0072b2, integer: true, min: 0, max: 0xffffff },
    dark: { kind: 'boolean', default: false },
  },
  infer(inputs, attrs) {
    pointCount(inputs);
    scaleOf(attrs);
    const shape = [attrs.height, attrs.width];
    if (inputs.under) givenLike(inputs, 'under', 'the picture', shape);
    return { pixels: { dtype: 'u32', shape } };
  },
  rows: ({ attrs }) => attrs.height,
  work: ({ inputs, outputs, attrs }) => ({
    flops: flopsOf(pointCount(inputs), attrs),
    bytes: byteLength(inputs.x!) + byteLength(outputs.pixels!),
  }),
  variants: {
    splat: {
      title: { en: 'discs added by integer atomics', zh: '以整数原子操作累加圆盘' },
      plan({ inputs, outputs, attrs }) {
        const n = pointCount(inputs);
        const cells = sizeOf(outputs.pixels!.shape);
        const window = windowParams(attrs);
        const [red, green, blue] = inkOf(attrs.ink);
        return {
          scratch: { coverage: 4 * cells },
          passes: [
            clearPass('coverage', cells),
            {
              shader: { file: 'draw-particles/splat.wgsl', code: splatCode },
              params: { n: u32(n), radius: f32(attrs.radius), ...window },
              bindings: [
                { name: 'x', access: 'read', vec: 2 },
                { name: 'counts', buffer: 'coverage', access: 'read_write', dtype: 'u32', atomic: true },
              ],
              groups: Math.ceil(n / 64),
              flops: flopsOf(n, attrs),
            },
            {
              shader: {
                file: 'draw-particles/paint.wgsl',
                code: paintCode,
                uses: [ground(Boolean(inputs.under)), { file: 'lib/colormap.wgsl', code: colormapCode }],
              },
              params: {
                ...window,
                ground: u32(groundOf(attrs.dark)),
                gain: f32(gainOf(attrs.opacity)),
                ...{ red: f32(red / 255), green: f32(green / 255), blue: f32(blue / 255) },
              },
              bindings: [
                { name: 'counts', buffer: 'coverage', access: 'read', dtype: 'u32' },
                ...(inputs.under ? [{ name: 'under', access: 'read' } as const] : []),
                { name: 'pixels', access: 'read_write' },
              ],
              groups: Math.ceil(cells / 64),
              flops: 20 * cells,
            },
          ],
        };
      },
    },
  },
  defaultVariant: () => 'splat',
});
