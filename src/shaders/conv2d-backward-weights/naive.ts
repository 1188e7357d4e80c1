/** Every weight by itself. */
import { u32s, type Variant } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import { flopsOf } from '@/shaders/conv2d/dims';
import { windowParams } from '@/shaders/conv2d/parts';
import { overQuads } from '@/shaders/lib/flat';
import { biasPasses, biasScratch } from './bias';
import { dims, weightShape, type BackwardWeightsAttrs } from './dims';
import code from './naive.wgsl?raw';

export const naive: Variant<BackwardWeightsAttrs> = {
  title: { en: 'one weight by itself', zh: '逐个权重计算' },
  plan({ inputs, attrs }) {
    const d = dims(inputs, attrs);
    const size = sizeOf(weightShape(d));
    return {
      scratch: biasScratch(d),
      passes: [
        overQuads(size, flopsOf(d) / size, {
          shader: { file: 'conv2d-backward-weights/naive.wgsl', code },
          params: { ...u32s({ size, images: d.N }), ...windowParams(d) },
          bindings: [
            { name: 'x', access: 'read' },
            { name: 'dy', access: 'read' },
            { name: 'dw', access: 'read_write', vec: 4 },
          ],
        }),
        ...biasPasses(d),
      ],
    };
  },
};
