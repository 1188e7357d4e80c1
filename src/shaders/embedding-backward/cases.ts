/** The ids of the forward pass: words that come often, once, never; ids that do not exist. */
import type { Case, Cases } from '@/gpu/kernel';
import { sizeOf, tensor } from '@/lib/tensor';
import { idsOf, nameOf, randomSetup, setups, type Setup } from '@/shaders/embedding/cases';
import type { EmbeddingBackwardAttrs } from './kernel';

const make = (
  name: string,
  setup: Setup,
  dtype: EmbeddingBackwardAttrs['dtype'] = 'same',
): Case<EmbeddingBackwardAttrs> => ({
  name: `${nameOf(name, setup)} to ${dtype}`,
  attrs: { vocab: setup.vocab, dtype },
  ...(dtype === 'f16' ? { tolerance: 2e-3 } : {}),
  inputs: (random) => ({
    dy: tensor(
      setup.type ?? 'f32',
      [...setup.ids, setup.width],
      random.normals(sizeOf(setup.ids) * setup.width).map((v) => v + 0.3),
    ),
    ids: idsOf(setup, random),
  }),
});

const hostile = [
  ...Object.entries(setups)
    .filter(([name]) => !name.startsWith('more than'))
    .map(([name, setup]) => make(name, setup)),
  make('halves summed in f32', { vocab: 3, width: 8, ids: [5000], type: 'f16' }, 'f32'),
  make('narrowed', { vocab: 30, width: 5, ids: [90] }, 'f16'),
  make('more than 65535 workgroups', { vocab: 65536 * 65, width: 4, ids: [3] }),
];

export const cases: Cases<EmbeddingBackwardAttrs> = {
  cases: hostile,
  random: (random) => make('random', randomSetup(random)),
  timing: [make('tokens', { vocab: 256, width: 256, ids: [2048] })],
};
