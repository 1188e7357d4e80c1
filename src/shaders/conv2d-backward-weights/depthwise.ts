/** Every channel by itself: a tap of four channels an invocation, the lines of dy cut into parts that are joined. */
import { u32s, type Variant } from '@/gpu/kernel';
import { notDepthwise } from '@/shaders/conv2d/depthwise';
import { flopsOf } from '@/shaders/conv2d/dims';
import { windowParams } from '@/shaders/conv2d/parts';
import { overQuads } from '@/shaders/lib/flat';
import { biasPasses, biasScratch } from './bias';
import { dims, type BackwardWeightsAttrs } from './dims';
import joinCode from './depthwise-join.wgsl?raw';
import code from './depthwise.wgsl?raw';

export const depthwise: Variant<BackwardWeightsAttrs> = {
  title: { en: 'a tap of four channels by itself', zh: '每次四个通道的一个抽头' },
  unsupported: ({ inputs, attrs }) => notDepthwise(dims(inputs, attrs)),
  plan({ inputs, attrs }, caps) {
    const d = dims(inputs, attrs);
    const taps = d.down.taps * d.across.taps;
    const columnQuads = d.Cout / 4;
    const lines = d.N * d.down.out;
    // So many invocations keep the adapter busy; each part's sums are written and read once more.
    const wanted = Math.ceil((caps.adapterKind === 'hardware' ? 32_768 : 512) / (taps * columnQuads));
    const chunk = Math.ceil(lines / Math.min(lines, wanted));
    const parts = Math.ceil(lines / chunk);
    const places = parts * taps * columnQuads;
    const size = taps * d.Cout;
    return {
      scratch: { ...biasScratch(d), parts: 16 * places },
      passes: [
        {
          shader: { file: 'conv2d-backward-weights/depthwise.wgsl', code },
          params: {
            ...windowParams(d),
            ...u32s({ places, lines, chunk, taps, column_quads: columnQuads }),
          },
          bindings: [
            { name: 'x', access: 'read', vec: 4 },
            { name: 'dy', access: 'read', vec: 4 },
            { name: 'parts', access: 'read_write', vec: 4 },
          ],
          groups: Math.ceil(places / 64),
          flops: flopsOf(d),
        },
        overQuads(size, parts, {
          shader: { file: 'conv2d-backward-weights/depthwise-join.wgsl', code: joinCode },
          params: u32s({ size, taps, parts, C: d.Cout }),
          bindings: [
            { name: 'sums', buffer: 'parts', access: 'read' },
            { name: 'dw', access: 'read_write', vec: 4 },
          ],
        }),
        ...biasPasses(d),
      ],
    };
  },
};
