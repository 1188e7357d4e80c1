/** Both convolutions in one dispatch: what lies between them never reaches memory. */
import type { Capabilities } from '@/gpu/capabilities';
import { i32, u32s, type Binding, type Plan, type Variant } from '@/gpu/kernel';
import type { Text } from '@/lib/text';
import packCode from '@/shaders/conv2d/pack.wgsl?raw';
import { notStrip } from '@/shaders/conv2d/strip';
import { stripWindow } from '@/shaders/conv2d/stripWindow';
import { activations, activationShader } from '@/shaders/lib/activation';
import { residualBindings, residualShader } from '@/shaders/lib/residual';
import { dims, type SeparableAttrs, type SeparableDims } from './dims';
import putCode from './put.wgsl?raw';
import registerCode from './register.wgsl?raw';
import sharedCode from './shared.wgsl?raw';

interface Walk {
  readonly title: Text;
  readonly file: string;
  readonly code: string;
  /** Quads of channels of y that an invocation or workgroup has. */
  readonly quads: number;
  readonly constants: Readonly<Record<string, number>>;
  groups(strips: number, tiles: number): number;
}

function notFused({ depthwise, Cout }: SeparableDims): Text | undefined {
  if (Cout % 4 === 0) return notStrip(depthwise, false);
  return {
    en: `${Cout} channels of y; needed: a multiple of four`,
    zh: `y 共 ${Cout} 个通道；须为 4 的倍数`,
  };
}

/** An optional vector, or where there is none some buffer that is not read: it is one pipeline then. */
const vector = (name: string, buffer: string, given: boolean): Binding =>
  given
    ? { name, buffer, access: 'read', vec: 4 }
    : { name, buffer: 'x', access: 'read', vec: 4, offset: 0, size: 16 };

function plan(d: SeparableDims, attrs: SeparableAttrs, walk: Walk, caps: Capabilities): Plan {
  const { depthwise, Cout, hasBias, hasResidual } = d;
  const { N, C, down, across, dtype } = depthwise;
  const [to4, out4] = [C / 4, Cout / 4];
  const runs = Math.ceil(across.out / 4);
  const strips = N * down.out * runs;
  const tiles = Math.ceil(out4 / walk.quads);
  const total = C * out4;
  const stored = caps.f16 ? dtype : 'f32';
  const packed: Binding = { name: 'packed', access: 'read_write', vec: 4, dtype: stored };
  return {
    scratch: { packed: total * (stored === 'f16' ? 8 : 16) },
    passes: [
      {
        shader: { file: 'conv2d/pack.wgsl', code: packCode },
        params: u32s({
          ...{ total, quads: out4, rows: C, taps: 1, columns: Cout },
          ...{ group_size: 0, row_step: 1, column_step: C },
        }),
        bindings: [{ name: 'w', buffer: 'pointwise', access: 'read' }, packed],
        groups: Math.ceil(total / 64),
        flops: 16 * total,
      },
      {
        shader: {
          file: walk.file,
          code: walk.code,
          uses: [
            activationShader,
            residualShader(hasResidual),
            stripWindow(down.taps, down.stride, false),
            { file: 'separable-conv2d/put.wgsl', code: putCode },
          ],
        },
        constants: {
          ...walk.constants,
          ...{ SIZE: down.taps, STRIDE: down.stride },
        },
        params: {
          ...u32s({ strips, tiles, runs, to4, out4, from_h: down.size, from_w: across.size }),
          ...u32s({ to_h: down.out, to_w: across.out }),
          // Not constants: on a CPU, where these are long shaders, one that serves all is worth more.
          ...u32s({ has_depthwise_bias: Number(depthwise.hasBias), has_bias: Number(hasBias) }),
          ...u32s({ depthwise_activation: depthwise.activation }),
          ...u32s({ activation: activations.indexOf(attrs.activation) }),
          ...{ before_h: i32(down.before), before_w: i32(across.before) },
        },
        bindings: [
          { name: 'source', buffer: 'x', access: 'read', vec: 4 },
          { name: 'w', buffer: 'depthwise', access: 'read' },
          vector('depthwise_bias', 'depthwiseBias', depthwise.hasBias),
          { ...packed, name: 'weights', buffer: 'packed', access: 'read' },
          vector('bias', 'bias', hasBias),
          ...residualBindings(hasResidual),
          { name: 'y', access: 'read_write', vec: 4 },
        ],
        groups: walk.groups(strips, tiles),
        flops: 2 * d.pixels * C * (tiles * down.taps * across.taps + Cout),
      },
    ],
  };
}

const variant = (walkOf: (caps: Capabilities) => Walk, title: Text): Variant<SeparableAttrs> => ({
  title,
  unsupported: ({ inputs, attrs }) => notFused(dims(inputs, attrs)),
  plan: ({ inputs, attrs }, caps) => plan(dims(inputs, attrs), attrs, walkOf(caps), caps),
});

const registerTitle: Text = { en: 'fused, registers only', zh: '融合，仅用寄存器' };
export const register = variant(({ adapterKind }) => {
  const WG = adapterKind === 'hardware' ? 64 : 8;
  return {
    ...{ title: registerTitle, file: 'separable-conv2d/register.wgsl', code: registerCode },
    ...{ quads: 4, constants: { WG } },
    groups: (strips, tiles) => Math.ceil((strips * tiles) / WG),
  };
}, registerTitle);

const sharedTitle: Text = { en: 'fused, by way of workgroup memory', zh: '融合，经工作组内存' };
export const shared = variant(
  () => ({
    ...{ title: sharedTitle, file: 'separable-conv2d/shared.wgsl', code: sharedCode },
    ...{ quads: 16, constants: {} },
    groups: (strips, tiles) => Math.ceil(strips / 16) * tiles,
  }),
  sharedTitle,
);

/** The one of both to take where nothing was timed: a CPU's workgroup memory is memory like any other. */
export const fusedFor = ({ adapterKind }: Capabilities): 'shared' | 'register' =>
  adapterKind === 'hardware' ? 'shared' : 'register';
