/** A picture scaled, cropped and normalised for an image classifier; what it is exactly: dims.ts. */
import { defineKernel, u32s } from '@/gpu/kernel';
import { byteLength } from '@/lib/tensor';
import { dims, imageNormalizeAttrs, tapsOf, type ImageNormalizeAttrs } from './dims';
import code from './normalize.wgsl?raw';

const floats = ['f32', 'f16'] as const;

export const kernel = defineKernel<ImageNormalizeAttrs>({
  name: 'image-normalize',
  title: { en: 'A picture for an image classifier', zh: '图像分类器的输入预处理' },
  inputs: {
    pixels: { dtypes: ['u32'], shape: '[H, W], rgba8' },
    mean: { dtypes: floats, shape: '[3]' },
    std: { dtypes: floats, shape: '[3]' },
  },
  outputs: { y: { shape: '[1, crop, crop, 3]' } },
  attrs: imageNormalizeAttrs,
  infer(inputs, attrs) {
    dims(inputs, attrs);
    return { y: { dtype: attrs.dtype, shape: [1, attrs.crop, attrs.crop, 3] } };
  },
  rows: ({ attrs: { crop } }) => crop * crop,
  work({ inputs, outputs, attrs }) {
    const { down, across } = dims(inputs, attrs);
    const taps = tapsOf(down, 0).length * tapsOf(across, 0).length;
    return {
      flops: 8 * taps * attrs.crop ** 2,
      bytes: byteLength(inputs.pixels!) + byteLength(outputs.y!),
    };
  },
  variants: {
    direct: {
      title: { en: 'every pixel from all that go into it', zh: '逐像素加权求和' },
      plan({ inputs, attrs }) {
        const { crop } = attrs;
        const { down, across } = dims(inputs, attrs);
        const taps =
          (2 * Math.max(1, down.from / down.to) + 1) * (2 * Math.max(1, across.from / across.to) + 1);
        return {
          passes: [
            {
              shader: { file: 'image-normalize/normalize.wgsl', code },
              params: {
                ...u32s({ crop, quads: Math.ceil((3 * crop * crop) / 4) }),
                ...u32s({ from_h: down.from, to_h: down.to, top: down.before }),
                ...u32s({ from_w: across.from, to_w: across.to, left: across.before }),
              },
              bindings: [
                { name: 'pixels', access: 'read' },
                { name: 'mean', access: 'read' },
                { name: 'deviation', buffer: 'std', access: 'read' },
                { name: 'y', access: 'read_write', vec: 4 },
              ],
              groups: Math.ceil((crop * crop) / 256),
              flops: 16 * taps * crop * crop,
            },
          ],
        };
      },
    },
  },
  defaultVariant: () => 'direct',
});
