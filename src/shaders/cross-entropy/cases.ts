/** One class, many, large logits, sure and hopeless predictions, rows that are ignored. */
import type { Case, Cases, NoAttrs } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor, type HostTensors } from '@/lib/tensor';

export interface Setup {
  readonly shape: readonly number[];
  readonly type?: 'f32' | 'f16';
  readonly scale?: number;
  /** Share of targets that are −1, or past the classes. */
  readonly ignored?: number;
  /** Logit added to the target's. */
  readonly sure?: number;
}

export const setups: Readonly<Record<string, Setup>> = {
  'one number': { shape: [1, 1] },
  'one row': { shape: [1001] },
  'ten classes': { shape: [128, 10] },
  'odd classes': { shape: [37, 67] },
  'batch and time': { shape: [4, 31, 65] },
  'a vocabulary': { shape: [5, 5003] },
  'some ignored': { shape: [50, 20], ignored: 0.3 },
  'all ignored': { shape: [9, 20], ignored: 1 },
  'large logits': { shape: [33, 40], scale: 3000 },
  sure: { shape: [33, 40], sure: 7 },
  hopeless: { shape: [33, 40], sure: -1e4 },
  'largest floats': { shape: [6, 30], scale: 1e37 },
  halves: { shape: [64, 33], type: 'f16' },
  'large halves': { shape: [64, 16], type: 'f16', scale: 10000 },
  'more than 65535 workgroups': { shape: [70_000, 3] },
};

export function inputsOf(
  { shape, type = 'f32', scale = 1, ignored = 0, sure = 0 }: Setup,
  random: Random,
): HostTensors {
  const classes = shape.at(-1) ?? 1;
  const x = random.normals(sizeOf(shape), scale);
  const targets = Int32Array.from({ length: x.length / classes }, (_, row) => {
    if (random.uniform() < ignored) return random.pick([-1, -1, -100, classes]);
    const target = random.int(0, classes - 1);
    x[row * classes + target]! += sure;
    return target;
  });
  return { logits: tensor(type, shape, x), targets: tensor('i32', shape.slice(0, -1), targets) };
}

export const nameOf = (name: string, { shape, type = 'f32' }: Setup): string =>
  `${name} [${shape.join(' ')}] ${type}`;

export const randomSetup = (random: Random): Setup => ({
  shape: [random.int(1, 6), random.int(1, 20), random.pick([1, random.int(2, 9), random.int(2, 200)])],
  type: random.pick(['f32', 'f16']),
  scale: random.pick([0.1, 1, 30]),
  ignored: random.pick([0, 0.2]),
  sure: random.pick([0, 5]),
});

const make = (name: string, setup: Setup): Case<NoAttrs> => ({
  name: nameOf(name, setup),
  attrs: {},
  inputs: (random) => inputsOf(setup, random),
});

export const cases: Cases<NoAttrs> = {
  cases: Object.entries(setups).map(([name, setup]) => make(name, setup)),
  random: (random) => make('random', randomSetup(random)),
  timing: [make('tokens', { shape: [2048, 256] }), make('a vocabulary', { shape: [256, 32_000] })],
};
