/** The rows of the forward pass, with the statistics that float64 has of them. */
import type { Case, Cases, NoAttrs } from '@/gpu/kernel';
import { tensor } from '@/lib/tensor';
import { inputsOf, nameOf, randomSetup, setups, type Setup } from '@/shaders/layer-norm/cases';
import { normReference } from '@/shaders/layer-norm/reference';

const widthOf = ({ shape }: Setup): number => shape.at(-1) ?? 1;

export function normBackwardCases(centre: boolean): Cases<NoAttrs> {
  const make = (name: string, setup: Setup): Case<NoAttrs> => ({
    name: nameOf(name, setup),
    attrs: {},
    inputs(random) {
      const inputs = inputsOf({ ...setup, beta: false }, random);
      const { shape, data } = inputs.x!;
      const width = shape.at(-1) ?? 1;
      const rows = Array.from({ length: data.length / width }, (_, row) => row);
      const { stats } = normReference(centre)(inputs, { eps: setup.eps ?? 1e-5 }, rows);
      return {
        ...inputs,
        stats: tensor('f32', [rows.length, 2], stats!),
        dy: tensor(setup.type ?? 'f32', shape, random.normals(data.length)),
      };
    },
    tolerance:
      (setup.type === 'f16' || setup.weights === 'f16' ? 2e-3 : 2e-5) * (widthOf(setup) < 8 ? 50 : 1),
    why: 'dx is what is left of g when two means of it are taken away: narrow rows leave little',
  });
  // Rows of one element or two, or without spread, have no gradient: what is left is rounding, against a norm of
  // nothing.
  const left = Object.entries(setups).filter(([, setup]) => setup.scale !== 0 && widthOf(setup) > 2);
  return {
    cases: left.map(([name, setup]) => make(name, { ...setup, mean: 0 })),
    random(random) {
      const setup = randomSetup(random);
      const { shape } = setup;
      return make('random', { ...setup, shape: [...shape.slice(0, -1), Math.max(3, widthOf(setup))] });
    },
    timing: [256, 1024].map((width) => make('rows', { shape: [2048, width] })),
  };
}

export const cases = normBackwardCases(true);
