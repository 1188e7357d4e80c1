/** A matrix as an image: viridis over [low, high], linear or logarithmic, the largest value that a pixel covers. */
import { defineKernel, f32, u32s } from '@/gpu/kernel';
import { byteLength } from '@/lib/tensor';
import colormapCode from '../lib/colormap.wgsl?raw';
import { endsOf, MARK, outside, samplesOf, sizesOf, type HeatmapAttrs } from './paint';
import code from './pixels.wgsl?raw';

const side = { kind: 'number', default: 256, integer: true, min: 1, max: 4096 } as const;
const step = { kind: 'number', default: 1, min: 1e-6 } as const;

const flopsOf = ({ width, height, across, down }: HeatmapAttrs): number =>
  width * height * (samplesOf(across) * samplesOf(down) * 8 + 20);

export const kernel = defineKernel<HeatmapAttrs>({
  name: 'draw-heatmap',
  title: { en: 'Heatmap of a matrix, drawn', zh: '绘制矩阵热图' },
  inputs: { x: { dtypes: ['f32', 'f16'], shape: '[rows, columns]' } },
  outputs: { pixels: { shape: '[height, width]' } },
  attrs: {
    x0: { kind: 'number', default: 0 },
    y0: { kind: 'number', default: 0 },
    across: step,
    down: step,
    width: side,
    height: side,
    low: { kind: 'number', default: 0 },
    high: { kind: 'number', default: 1 },
    log: { kind: 'boolean', default: false },
    dark: { kind: 'boolean', default: false },
  },
  infer(inputs, attrs) {
    sizesOf(inputs);
    endsOf(attrs);
    return { pixels: { dtype: 'u32', shape: [attrs.height, attrs.width] } };
  },
  rows: ({ attrs }) => attrs.height,
  work: ({ inputs, outputs, attrs }) => ({
    flops: flopsOf(attrs),
    bytes: byteLength(inputs.x!) + byteLength(outputs.pixels!),
  }),
  variants: {
    pixels: {
      title: { en: 'a pixel each', zh: '每次调用一个像素' },
      plan({ inputs, attrs }) {
        const { x0, y0, across, down, width, height, low, log, dark } = attrs;
        const { from, span } = endsOf(attrs);
        const [nx, ny] = [samplesOf(across), samplesOf(down)];
        return {
          passes: [
            {
              shader: {
                file: 'draw-heatmap/pixels.wgsl',
                code,
                uses: [{ file: 'lib/colormap.wgsl', code: colormapCode }],
              },
              params: {
                ...u32s({ ...sizesOf(inputs), width, height, samples_x: nx, samples_y: ny }),
                ...{ spacing_x: f32(1 / nx), spacing_y: f32(1 / ny), across: f32(across), down: f32(down) },
                ...{ x0: f32(x0), y0: f32(y0), low: f32(low), start: f32(from), span: f32(span) },
                ...u32s({ log: Number(log), outside: outside(dark), mark: MARK }),
              },
              bindings: [
                { name: 'x', access: 'read' },
                { name: 'pixels', access: 'read_write' },
              ],
              groups: Math.ceil((width * height) / 64),
              flops: flopsOf(attrs),
            },
          ],
        };
      },
    },
  },
  defaultVariant: () => 'pixels',
});
