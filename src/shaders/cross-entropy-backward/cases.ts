/** The cases of the loss, with its lse as float64 has it; loss scales from 2^-3 to 2^16. */
import type { Case, Cases } from '@/gpu/kernel';
import { tensor } from '@/lib/tensor';
import { inputsOf, nameOf, randomSetup, setups, type Setup } from '@/shaders/cross-entropy/cases';
import { reference } from '@/shaders/cross-entropy/reference';
import type { CrossEntropyBackwardAttrs } from './kernel';

const usual: CrossEntropyBackwardAttrs = { divisor: null, dtype: 'same' };

function make(
  name: string,
  setup: Setup,
  attrs: CrossEntropyBackwardAttrs = usual,
  scale = 1,
): Case<CrossEntropyBackwardAttrs> {
  const inHalf = setup.type === 'f16' || attrs.dtype === 'f16';
  // lse is rounded to ε|lse|, which e^(x − lse) shows as a relative error; nothing else of that size happens.
  const size = (setup.scale ?? 1) * 4 + Math.abs(setup.sure ?? 0);
  return {
    name: `${nameOf(name, setup)} to ${attrs.dtype}, scale ${scale}`,
    attrs,
    tolerance: inHalf ? 2e-3 + 6e-8 * size : Math.max(1e-5, 6e-8 * size),
    why: 'the reference takes the same rounded lse; e^(x − lse) is good to ε·|x|, as x − lse is rounded',
    inputs(random) {
      const inputs = inputsOf(setup, random);
      const shape = setup.shape.slice(0, -1);
      const rows = Array.from({ length: inputs.targets!.data.length }, (_, row) => row);
      const { lse } = reference(inputs, {}, rows);
      return { ...inputs, lse: tensor('f32', shape, lse!), scale: tensor('f32', [1], [scale]) };
    },
  };
}

const hostile = [
  ...Object.entries(setups)
    .filter(([name]) => name !== 'largest floats')
    .map(([name, setup]) => make(name, setup)),
  make('scaled up', { shape: [64, 33], type: 'f16' }, usual, 2 ** 12),
  make('scaled by the largest', { shape: [64, 33] }, usual, 2 ** 16),
  make('widened', { shape: [20, 10], type: 'f16' }, { divisor: 15, dtype: 'f32' }, 2 ** -3),
  make('narrowed', { shape: [20, 10] }, { divisor: null, dtype: 'f16' }),
  make('mean over those that count', { shape: [50, 20], ignored: 0.3 }, { divisor: 35, dtype: 'same' }),
];

export const cases: Cases<CrossEntropyBackwardAttrs> = {
  cases: hostile,
  random: (random) =>
    make('random', randomSetup(random), {
      divisor: random.pick([null, 7]),
      dtype: random.pick(['same', 'f32', 'f16'] as const),
    }),
  timing: [make('tokens', { shape: [2048, 256] }), make('a vocabulary', { shape: [256, 32_000] })],
};
