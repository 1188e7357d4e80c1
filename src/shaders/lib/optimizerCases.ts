/** Cases that every optimiser meets: first and later steps, skipped ones, every format, updates that get lost. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor } from '@/lib/tensor';
import { controlOf, CONTROL_SIZE, type control } from './control';
import type { OptimizerAttrs } from './optimizer';
import { formats, roundTo } from '@/shaders/round-format/formats';

interface Setup extends Partial<OptimizerAttrs> {
  readonly shape: readonly number[];
  readonly p?: 'f32' | 'f16';
  readonly grad?: 'f32' | 'f16';
  readonly state?: 'f32' | 'f16';
  readonly steer?: Partial<Record<keyof typeof control, number>>;
  readonly gradScale?: number;
  readonly counted?: boolean;
  /** State before the first step: zeros. */
  readonly fresh?: boolean;
}

const later = { STEP: 10, BIAS1: 1 - 0.9 ** 10, BIAS2: 1 - 0.999 ** 10 };
const pure = { p: 'f16', grad: 'f16', state: 'f16', format: 'fp16', counted: true } as const;

const setups: Readonly<Record<string, Setup>> = {
  'one number': { shape: [1] },
  'first step': { shape: [67, 33], steer: { STEP: 1, BIAS1: 0.1, BIAS2: 0.001 }, fresh: true },
  counted: { shape: [7, 11], counted: true },
  'scaled and clipped': {
    shape: [50, 20],
    grad: 'f16',
    gradScale: 4096,
    steer: { INVERSE: 2 ** -12, CLIP: 0.3 },
  },
  skipped: { shape: [9, 13], steer: { SKIP: 1 }, counted: true, master: true, format: 'fp16' },
  'master with a half': { shape: [31, 7], grad: 'f16', master: true, format: 'fp16', counted: true },
  'master with a bfloat': { shape: [31, 7], master: true, format: 'bf16' },
  'pure half': { shape: [64, 17], ...pure },
  'pure half, updates lost': { shape: [64, 17], ...pure, steer: { RATE: 2e-5 } },
  'pure bfloat': { shape: [64, 17], format: 'bf16', counted: true, steer: { RATE: 2e-4 } },
  'emulated half': { shape: [64, 17], format: 'fp16', counted: true, steer: { RATE: 2e-4 } },
  'more than 65535 workgroups': { shape: [65536 * 4, 65] },
};

export function optimizerCases<A extends OptimizerAttrs>(
  states: Readonly<Record<string, (x: number) => number>>,
  own: Omit<A, keyof OptimizerAttrs>,
): Cases<A> {
  const make = (name: string, setup: Setup): Case<A> => {
    const { shape, p = 'f32', grad = 'f32', state = 'f32', format = 'f32', master = false } = setup;
    const inFormat = p === 'f16' || (format !== 'f32' && !master);
    const narrow = format === 'bf16' ? 8e-3 : 2e-3;
    return {
      name: `${name} [${shape.join(' ')}] ${p} ${format}${master ? ' master' : ''}`,
      attrs: { ...own, format, master } as A,
      tolerance: {
        p: inFormat ? narrow : 1e-5,
        copy: narrow,
        ...Object.fromEntries(Object.keys(states).map((s) => [s, state === 'f16' ? 2e-3 : 1e-5])),
        lost: 0.02,
      },
      why: 'a number near a tie may round the other way, and its update be lost or not',
      inputs(random: Random) {
        const size = sizeOf(shape);
        const of = (dtype: 'f32' | 'f16', scale: number, f = (x: number) => x) =>
          tensor(dtype, shape, random.normals(size, scale).map(f));
        const fits = (x: number): number => (inFormat && format !== 'f32' ? roundTo(x, formats[format]) : x);
        return {
          p: of(p, 1, fits),
          ...Object.fromEntries(
            Object.entries(states).map(([s, f]) => [s, of(state, setup.fresh ? 0 : 0.1, f)]),
          ),
          grad: of(grad, (setup.gradScale ?? 1) * 0.1),
          control: tensor('f32', [CONTROL_SIZE], controlOf({ ...later, ...setup.steer })),
          ...(setup.counted ? { lost: tensor('u32', [2], [3, 5]) } : {}),
        };
      },
    };
  };
  return {
    cases: Object.entries(setups).map(([name, setup]) => make(name, setup)),
    random: (random) => {
      const [, setup] = random.pick(Object.entries(setups).filter(([, s]) => sizeOf(s.shape) < 1e6));
      return make('random', { ...setup, shape: [random.int(1, 40), random.int(1, 40)] });
    },
    timing: [make('a million', { shape: [1024, 1024] })],
  };
}
