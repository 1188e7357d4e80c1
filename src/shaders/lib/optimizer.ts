/** What optimisers share: inputs, outputs and the one pass in which parameter, state, copy and counter are written. */
import type { Argument, Attribute, Plan, Problem, Scalar, Shader } from '@/gpu/kernel';
import { u32 } from '@/gpu/kernel';
import { fromHalf, toHalf } from '@/lib/half';
import { byteLength, sizeOf, type Specs, type TensorSpec } from '@/lib/tensor';
import { formats, roundTo } from '@/shaders/round-format/formats';
import { control, CONTROL_SIZE } from './control';
import { given, givenLike, overQuads } from './flat';
import halfCode from './half.wgsl?raw';
import copyCode from './update-copy.wgsl?raw';
import lostCode from './update-lost.wgsl?raw';
import noCopyCode from './update-no-copy.wgsl?raw';
import noLostCode from './update-no-lost.wgsl?raw';
import updateCode from './update.wgsl?raw';

export interface OptimizerAttrs {
  /** The format of the weights that the forward pass reads. */
  readonly format: 'f32' | 'fp16' | 'bf16';
  /** p is a master in f32 and `copy` has the format (fp16: an f16 tensor; bf16: f32 holding its values). */
  readonly master: boolean;
}

export const optimizerAttrs = {
  format: { kind: 'choice', default: 'f32', options: ['f32', 'fp16', 'bf16'] },
  master: { kind: 'boolean', default: false },
} as const satisfies Record<string, Attribute>;

const floats = ['f32', 'f16'] as const;

export const optimizerInputs = (states: readonly string[]): Record<string, Argument> => ({
  p: { dtypes: floats, shape: '[…], the parameter' },
  ...Object.fromEntries(states.map((name) => [name, { dtypes: floats, shape: '[…]' }])),
  grad: { dtypes: floats, shape: '[…], as the backward pass left it' },
  control: { dtypes: ['f32'], shape: `[${CONTROL_SIZE}]` },
  lost: { dtypes: ['u32'], shape: '[2]: updates lost, updates', optional: true },
});

export const optimizerOutputs = (states: readonly string[]): Record<string, { shape: string }> => ({
  p: { shape: '[…], in place' },
  ...Object.fromEntries(states.map((name) => [name, { shape: '[…], in place' }])),
  copy: { shape: '[…], only of a master' },
  lost: { shape: '[2], in place' },
});

export function inferUpdate(
  inputs: Specs,
  { format, master }: OptimizerAttrs,
  states: readonly string[],
): Record<string, TensorSpec> {
  const p = given(inputs, 'p');
  for (const name of [...states, 'grad']) givenLike(inputs, name, 'p', p.shape);
  givenLike(inputs, 'control', 'a control block', [CONTROL_SIZE]);
  if (inputs.lost) givenLike(inputs, 'lost', 'the counter', [2]);
  const copied = master && format !== 'f32';
  return {
    p,
    ...Object.fromEntries(states.map((name) => [name, inputs[name]!])),
    ...(copied ? { copy: { dtype: format === 'fp16' ? 'f16' : 'f32', shape: p.shape } as const } : {}),
    ...(inputs.lost ? { lost: inputs.lost } : {}),
  };
}

export function updatePlan(
  { inputs, outputs, attrs }: Problem<OptimizerAttrs>,
  shader: Shader,
  states: readonly string[],
  params: Readonly<Record<string, Scalar>>,
): Plan {
  const file = (name: string, code: string): Shader => ({ file: `lib/${name}.wgsl`, code });
  const size = sizeOf(inputs.p!.shape);
  const write = (name: string) => ({ name, access: 'read_write', vec: 4 }) as const;
  return {
    passes: [
      overQuads(size, 30, {
        shader: {
          ...shader,
          uses: [
            file('half', halfCode),
            outputs.lost ? file('update-lost', lostCode) : file('update-no-lost', noLostCode),
            outputs.copy ? file('update-copy', copyCode) : file('update-no-copy', noCopyCode),
            file('update', updateCode),
          ],
        },
        constants: {
          ...control,
          FP16: 1,
          BF16: 2,
          // A parameter stored in f16 is in that format whatever was asked for.
          FORMAT: attrs.format === 'fp16' || inputs.p!.dtype === 'f16' ? 1 : attrs.format === 'bf16' ? 2 : 0,
          MASTER: attrs.master,
          HALF_STATE: states.some((name) => inputs[name]!.dtype === 'f16'),
        },
        params: { size: u32(size), ...params },
        bindings: [
          ...['p', ...states].map(write),
          { name: 'grad', access: 'read', vec: 4 },
          { name: 'control', access: 'read' },
          ...(outputs.copy ? [write('copy')] : []),
          ...(outputs.lost ? [{ name: 'lost', access: 'read_write', atomic: true } as const] : []),
        ],
      }),
    ],
  };
}

export const updateBytes = (inputs: Specs, outputs: Specs): number =>
  [...Object.values(inputs), ...Object.values(outputs)].reduce((sum, spec) => sum + byteLength(spec), 0);

/** A number as it is stored: what references and baselines round by. */
export function stored(x: number, dtype: string, format: OptimizerAttrs['format'], master = false): number {
  if (dtype === 'f16') return fromHalf(toHalf(x));
  return format === 'f32' || master ? x : roundTo(x, formats[format]);
}
