/**
 * One stage of a sampler's program (`lib/stages.ts`) over particles of any size, with a denoised tensor that somebody else
 * made: a network, or attention over a data set. What a network gives in another parameterisation, as c_skip x + c_out F,
 * is linear in x and F, so its coefficients go into the table and F is given as it is; Langevin stages want D itself.
 */
import { defineKernel, u32s } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { byteLength, sizeOf, type Specs } from '@/lib/tensor';
import { given, givenLike, wrongShape } from '@/shaders/lib/flat';
import { gaussShader, philoxShader } from '@/shaders/lib/gauss';
import { KIND, STAGE } from '@/shaders/lib/stages';
import { placing, quads } from './quads';
import code from './update.wgsl?raw';

export interface UpdateAttrs {
  readonly seed: number;
  /** The stage of the table that runs, and its stream of noise. */
  readonly first: number;
}

function sizes(inputs: Specs, { first }: UpdateAttrs) {
  const x = given(inputs, 'x');
  if (x.shape.length < 2) throw wrongShape('x', x.shape, '[n, …]');
  for (const name of ['h', 'a', 'denoised']) givenLike(inputs, name, 'x', x.shape);
  const { shape } = given(inputs, 'table');
  const [stages = 0, columns] = shape;
  if (shape.length !== 2 || columns !== STAGE) throw wrongShape('table', shape, `[stages, ${STAGE}]`);
  givenLike(inputs, 'control', 'a control block', [4]);
  if (first >= stages)
    throw new LabError('attr.value', { name: 'first', got: first, allowed: `less than ${stages}` });
  const n = x.shape[0]!;
  const width = sizeOf(x.shape) / n;
  // Quads of one particle.
  return { n, width, each: Math.ceil(width / 4), aligned: width % 4 === 0 };
}

const whole = { kind: 'number', default: 0, integer: true, min: 0, max: 2 ** 32 - 1 } as const;

export const kernel = defineKernel<UpdateAttrs>({
  name: 'stage-update',
  title: { en: 'A sampler’s stage', zh: '采样器的一个阶段' },
  inputs: {
    x: { dtypes: ['f32'], shape: '[n, …]' },
    h: { dtypes: ['f32'], shape: '[n, …]' },
    a: { dtypes: ['f32'], shape: '[n, …]' },
    denoised: { dtypes: ['f32', 'f16'], shape: '[n, …]' },
    table: { dtypes: ['f32'], shape: `[stages, ${STAGE}]` },
    control: { dtypes: ['f32'], shape: '[4]: mean ‖score‖ for Langevin stages' },
  },
  outputs: {
    x: { shape: '[n, …], in place' },
    h: { shape: '[n, …], in place' },
    a: { shape: '[n, …], in place' },
  },
  attrs: { seed: whole, first: whole },
  infer(inputs, attrs) {
    sizes(inputs, attrs);
    return { x: inputs.x!, h: inputs.h!, a: inputs.a! };
  },
  rows: ({ inputs }) => inputs.x!.shape[0]!,
  work: ({ inputs }) => ({
    flops: 30 * sizeOf(inputs.x!.shape),
    bytes: 6 * byteLength(inputs.x!) + byteLength(inputs.denoised!),
  }),
  variants: {
    quads: {
      title: { en: 'four neighbours at once', zh: '一次四个相邻元素' },
      plan({ inputs, attrs }) {
        const { n, width, each, aligned } = sizes(inputs, attrs);
        const parts = [
          ...['x', 'h', 'a'].map((name) => quads(name, 'read_write', aligned)),
          quads('denoised', 'read', aligned),
        ];
        return {
          passes: [
            {
              shader: {
                file: 'stage-update/update.wgsl',
                code,
                uses: [philoxShader, gaussShader(2), placing(aligned), ...parts.map(({ shader }) => shader)],
              },
              constants: { LINEAR: KIND.linear, LANGEVIN: KIND.langevin },
              params: u32s({ quads: n * each, each, width, ...attrs }),
              bindings: [
                ...parts.map(({ binding }) => binding),
                { name: 'table', access: 'read', vec: 4 },
                { name: 'control', access: 'read' },
              ],
              groups: Math.ceil((n * each) / 64),
              flops: 60 * n * width,
            },
          ],
        };
      },
    },
  },
  defaultVariant: () => 'quads',
});
