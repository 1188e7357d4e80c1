/** Every element by itself. */
import { u32, type Variant } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import { flopsOf } from '@/shaders/conv2d/dims';
import { windowParams } from '@/shaders/conv2d/parts';
import { overQuads } from '@/shaders/lib/flat';
import { dims, inputShape, type BackwardInputAttrs } from './dims';
import code from './naive.wgsl?raw';

export const naive: Variant<BackwardInputAttrs> = {
  title: { en: 'one element by itself', zh: '逐元素计算' },
  plan({ inputs, attrs }) {
    const d = dims(inputs, attrs);
    const size = sizeOf(inputShape(d));
    return {
      passes: [
        overQuads(size, (flopsOf(d) / size) * d.down.stride * d.across.stride, {
          shader: { file: 'conv2d-backward-input/naive.wgsl', code },
          params: { size: u32(size), ...windowParams(d) },
          bindings: [
            { name: 'dy', access: 'read' },
            { name: 'w', access: 'read' },
            { name: 'dx', access: 'read_write', vec: 4 },
          ],
        }),
      ],
    };
  },
};
