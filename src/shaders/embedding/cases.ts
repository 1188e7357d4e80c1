/** Ids that repeat, that never occur, that do not exist; odd widths. */
import type { Case, Cases, NoAttrs } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { sizeOf, tensor, type HostTensor } from '@/lib/tensor';

export interface Setup {
  readonly vocab: number;
  readonly width: number;
  readonly ids: readonly number[];
  readonly type?: 'f32' | 'f16';
  /** Every id is this one. */
  readonly only?: number;
  /** Share of ids outside the vocabulary. */
  readonly unknown?: number;
}

export const setups: Readonly<Record<string, Setup>> = {
  'one number': { vocab: 1, width: 1, ids: [1] },
  characters: { vocab: 65, width: 64, ids: [8, 64] },
  'odd width': { vocab: 13, width: 7, ids: [101] },
  'one id again and again': { vocab: 9, width: 12, ids: [300], only: 4 },
  'more words than text': { vocab: 5000, width: 8, ids: [33] },
  'some unknown': { vocab: 10, width: 6, ids: [50], unknown: 0.4 },
  'all unknown': { vocab: 10, width: 6, ids: [20], unknown: 1 },
  halves: { vocab: 65, width: 32, ids: [4, 50], type: 'f16' },
  'odd halves': { vocab: 7, width: 3, ids: [5, 5, 3], type: 'f16', unknown: 0.1 },
  'more than 65535 workgroups': { vocab: 3, width: 1, ids: [65536 * 4 * 65] },
};

export const idsOf = ({ vocab, ids, only, unknown = 0 }: Setup, random: Random): HostTensor =>
  tensor(
    'i32',
    ids,
    Int32Array.from({ length: sizeOf(ids) }, () => {
      if (unknown > 0 && random.uniform() < unknown) return random.pick([-1, vocab, -(2 ** 31), 2 ** 31 - 1]);
      return only ?? random.int(0, vocab - 1);
    }),
  );

export const nameOf = (name: string, { vocab, width, ids, type = 'f32' }: Setup): string =>
  `${name} [${vocab} ${width}] [${ids.join(' ')}] ${type}`;

export const randomSetup = (random: Random): Setup => ({
  vocab: random.int(1, 70),
  width: random.int(1, 40),
  ids: [random.int(1, 9), random.int(1, 30)],
  type: random.pick(['f32', 'f16']),
  unknown: random.pick([0, 0.2]),
});

const make = (name: string, setup: Setup): Case<NoAttrs> => ({
  name: nameOf(name, setup),
  attrs: {},
  tolerance: 0,
  why: 'a copy is exact',
  inputs: (random) => ({
    weight: tensor(
      setup.type ?? 'f32',
      [setup.vocab, setup.width],
      random.normals(setup.vocab * setup.width),
    ),
    ids: idsOf(setup, random),
  }),
});

export const cases: Cases<NoAttrs> = {
  cases: Object.entries(setups).map(([name, setup]) => make(name, setup)),
  random: (random) => make('random', randomSetup(random)),
  timing: [make('tokens', { vocab: 256, width: 256, ids: [2048] })],
};
