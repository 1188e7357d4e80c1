/** Every element by itself. */
import { u32, type Variant } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import { activatedShader } from '@/shaders/lib/activation';
import { overQuads } from '@/shaders/lib/flat';
import { residualBindings, residualShader } from '@/shaders/lib/residual';
import { dims, flopsOf, outputShape, type Conv2dAttrs } from './dims';
import code from './naive.wgsl?raw';
import { biasBinding, epilogueParams, shader, windowParams } from './parts';

export const naive: Variant<Conv2dAttrs> = {
  title: { en: 'one element by itself', zh: '逐元素计算' },
  plan({ inputs, attrs }) {
    const d = dims(inputs, attrs);
    const size = sizeOf(outputShape(d));
    return {
      passes: [
        overQuads(size, flopsOf(d) / size, {
          shader: shader('naive', code, [activatedShader, residualShader(d.hasResidual)]),
          params: { size: u32(size), ...windowParams(d), ...epilogueParams(d) },
          bindings: [
            { name: 'x', access: 'read' },
            { name: 'w', access: 'read' },
            biasBinding(d, 1),
            ...residualBindings(d.hasResidual),
            { name: 'y', access: 'read_write', vec: 4 },
          ],
        }),
      ],
    };
  },
};
